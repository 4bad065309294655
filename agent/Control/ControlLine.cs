using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>Requests and replies as lines of JSON.</summary>
internal static class ControlLine
{
    public static byte[] Of(ControlReply reply) => Ended(JsonSerializer.SerializeToUtf8Bytes(reply, AgentJson.Default.ControlReply));

    public static byte[] Of(ControlRequest request) => Ended(JsonSerializer.SerializeToUtf8Bytes(request, AgentJson.Default.ControlRequest));

    /// <summary>Null where the text is no request.</summary>
    public static ControlRequest? TryParse(string? line) =>
        Try(line, static l => JsonSerializer.Deserialize(l, AgentJson.Default.ControlRequest)) is { IsValid: true } request ? request : null;

    /// <summary>Null where the text is no reply.</summary>
    public static ControlReply? TryParseReply(string? line) => Try(line, static l => JsonSerializer.Deserialize(l, AgentJson.Default.ControlReply));

    private static T? Try<T>(string? line, Func<string, T?> parse)
        where T : class
    {
        try
        {
            return line is null ? null : parse(line);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static byte[] Ended(byte[] line)
    {
        Array.Resize(ref line, line.Length + 1);
        line[^1] = (byte)'\n';
        return line;
    }
}
