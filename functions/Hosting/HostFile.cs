using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>What the program itself needs of host.json, so that both modes run under the same limits.</summary>
/// <param name="FunctionTimeout">The host ends the process of an invocation that takes longer, with all others in it.</param>
/// <param name="MaxConcurrentCalls">Messages of one queue at once.</param>
internal sealed record HostFile(TimeSpan FunctionTimeout, int MaxConcurrentCalls)
{
    public const string FileName = "host.json";

    private static readonly TimeSpan LeastTimeout = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MostTimeout = TimeSpan.FromMinutes(10);

    private const int MostConcurrentCalls = 64;

    public static bool TryRead(string root, out HostFile? host, out string error)
    {
        var file = Path.Combine(root, FileName);
        host = null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            if (Timeout(json.RootElement) is not { } timeout)
            {
                error = $"{file}: functionTimeout has to be a time between {LeastTimeout} and {MostTimeout}";
                return false;
            }

            if (ConcurrentCalls(json.RootElement) is not { } calls)
            {
                error = $"{file}: extensions.serviceBus.maxConcurrentCalls has to be a number between 1 and {MostConcurrentCalls}";
                return false;
            }

            (host, error) = (new HostFile(timeout, calls), "");
            return true;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            error = $"{file}: cannot be read: {e.Message}";
            return false;
        }
    }

    private static TimeSpan? Timeout(JsonElement root) =>
        Member(root, "functionTimeout") is { ValueKind: JsonValueKind.String } value &&
        TimeSpan.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var timeout) && timeout >= LeastTimeout && timeout <= MostTimeout
            ? timeout
            : null;

    private static int? ConcurrentCalls(JsonElement root) =>
        Member(Member(Member(root, "extensions"), "serviceBus"), "maxConcurrentCalls") is { ValueKind: JsonValueKind.Number } value &&
        value.TryGetInt32(out var calls) && calls is >= 1 and <= MostConcurrentCalls
            ? calls
            : null;

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) ? value : null;
}
