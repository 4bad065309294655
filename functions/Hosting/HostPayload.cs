using System.Text;
using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>
/// Reads what the Functions host posts to a trigger: <c>{"Data":{"PARAMETER":...},"Metadata":{...}}</c>. Names in any case, unknown members
/// ignored, scalars possibly encoded a second time; only a payload that does not hold the call itself is refused.
/// </summary>
internal static class HostPayload
{
    public static bool TryRead(ReadOnlyMemory<byte> payload, TriggerBinding binding, out TriggerCall? call, out string error)
    {
        call = null;
        try
        {
            using var json = JsonDocument.Parse(payload);
            (call, error) = binding switch
            {
                TriggerBinding.Timer timer => Timer(json.RootElement, timer),
                TriggerBinding.Bus bus => Bus(json.RootElement, bus),
                _ => (null, "the function has no trigger of this kind"),
            };
            return call is not null;
        }
        catch (JsonException e)
        {
            // Where, and not what: the text itself is someone else's.
            error = $"not JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            return false;
        }
        catch (InvalidOperationException)
        {
            error = "a text in it is not Unicode";
            return false;
        }
    }

    private static (TriggerCall?, string) Timer(JsonElement root, TriggerBinding.Timer binding)
    {
        if (Data(root, binding.Parameter) is not { } given)
        {
            return (null, $"it has no Data.{binding.Parameter}");
        }

        using var encoded = given.ValueKind == JsonValueKind.String ? JsonDocument.Parse(given.GetString() ?? "") : null;
        var timer = encoded?.RootElement ?? given;
        return timer.ValueKind == JsonValueKind.Object
            ? (new TriggerCall.Timer(HostScalars.Flag(timer.Member("IsPastDue")) ?? false, Status(timer.Member("ScheduleStatus"))), "")
            : (null, $"Data.{binding.Parameter} is not an object");
    }

    private static ScheduleStatus? Status(JsonElement? status) => status is { ValueKind: JsonValueKind.Object } given
        ? new ScheduleStatus(
            HostScalars.Time(given.Member("Last")), HostScalars.Time(given.Member("Next")), HostScalars.Time(given.Member("LastUpdated")))
        : null;

    private static (TriggerCall?, string) Bus(JsonElement root, TriggerBinding.Bus binding)
    {
        if (Data(root, binding.Parameter) is not { ValueKind: not JsonValueKind.Null } message)
        {
            return (null, $"it has no Data.{binding.Parameter}");
        }

        if (message.ValueKind == JsonValueKind.String && message.TryGetBytesFromBase64(out var bytes))
        {
            var metadata = root.Member("Metadata");
            return (new TriggerCall.Bus(
                bytes,
                HostScalars.Text(metadata?.Member("MessageId")),
                HostScalars.Number(metadata?.Member("DeliveryCount")),
                HostScalars.Time(metadata?.Member("EnqueuedTimeUtc"))), "");
        }

        // Not the binary binding: the host has copied the members of a JSON body over the Metadata, so nothing in there is true.
        return (new TriggerCall.Bus(Encoding.UTF8.GetBytes(Body(message)), null, null, null), "");
    }

    private static string Body(JsonElement message) => message.ValueKind == JsonValueKind.String
        ? HostScalars.DecodedTwice(message.GetString() ?? "")
        : message.GetRawText();

    private static JsonElement? Data(JsonElement root, string parameter) => root.Member("Data")?.Member(parameter);
}
