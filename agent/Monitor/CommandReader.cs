using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Verifies and reads messages of the monitor. Takes any bytes and never throws for them.</summary>
internal static class CommandReader
{
    /// <param name="body">What arrived.</param>
    /// <param name="keys">The monitor's; two while one replaces the other.</param>
    public static CommandMessage Read(ReadOnlyMemory<byte> body, IReadOnlyCollection<VerifyingKey> keys) => Jws.Verify(body.Span, JwsType.Ack, keys) switch
    {
        JwsResult.Valid valid => Parse(valid, CoreJson.Default.Ack) is { } ack ? new CommandMessage.Acked(ack) : NotUnderstood("ack"),
        JwsResult.Refused { Kind: JwsRefusal.WrongType } => Jws.Verify(body.Span, JwsType.Order, keys) switch
        {
            JwsResult.Valid valid => Parse(valid, CoreJson.Default.Order) is { } order ? new CommandMessage.Ordered(order) : NotUnderstood("order"),
            JwsResult.Refused refused => new CommandMessage.Unverifiable(refused.Reason),
            _ => throw new InvalidOperationException("a message is valid or refused"),
        },
        JwsResult.Refused refused => new CommandMessage.Unverifiable(refused.Reason),
        _ => throw new InvalidOperationException("a message is valid or refused"),
    };

    private static CommandMessage.Unverifiable NotUnderstood(string what) => new($"signed by the monitor, but no {what} that this version understands");

    private static T? Parse<T>(JwsResult.Valid valid, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(valid.Payload.Span, type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            return null;
        }
    }
}
