using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>Writes what the Functions host would post to a trigger, for the standalone host: member for member, with its double encodings.</summary>
internal static class HostEnvelope
{
    // Never seen by a browser: the host writes + and ' as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Timer(string function, TriggerBinding.Timer binding, TriggerCall.Timer call, DateTimeOffset now) => Write(json =>
    {
        json.WriteStartObject("Data"u8);
        json.WriteStartObject(binding.Parameter);
        json.WriteStartObject("Schedule"u8);
        json.WriteBoolean("AdjustForDST"u8, true);
        json.WriteEndObject();
        Status(json, call.Status);
        json.WriteBoolean("IsPastDue"u8, call.IsPastDue);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("Metadata"u8);
        Sys(json, function, now);
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Bus(string function, TriggerBinding.Bus binding, QueueMessage message, DateTimeOffset now) => Write(json =>
    {
        json.WriteStartObject("Data"u8);
        json.WriteBase64String(binding.Parameter, message.Body.Span);
        json.WriteEndObject();
        json.WriteStartObject("Metadata"u8);
        if (message.DeliveryCount is { } count)
        {
            json.WriteString("DeliveryCount"u8, count.ToString(CultureInfo.InvariantCulture));
        }

        if (message.EnqueuedAt is { } enqueued)
        {
            json.WriteString("EnqueuedTimeUtc"u8, enqueued.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        }

        if (message.MessageId is { } id)
        {
            json.WriteString("MessageId"u8, $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(id)}\"");
        }

        Sys(json, function, now);
        json.WriteEndObject();
    });

    private static void Status(Utf8JsonWriter json, ScheduleStatus? status)
    {
        if (status is null)
        {
            json.WriteNull("ScheduleStatus"u8);
            return;
        }

        json.WriteStartObject("ScheduleStatus"u8);
        json.WriteString("Last"u8, status.Last ?? DateTimeOffset.MinValue);
        json.WriteString("Next"u8, status.Next ?? DateTimeOffset.MinValue);
        json.WriteString("LastUpdated"u8, status.LastUpdated ?? DateTimeOffset.MinValue);
        json.WriteEndObject();
    }

    private static void Sys(Utf8JsonWriter json, string function, DateTimeOffset now)
    {
        json.WriteStartObject("sys"u8);
        json.WriteString("MethodName"u8, function);
        json.WriteString("UtcNow"u8, now.UtcDateTime);
        json.WriteString("RandGuid"u8, Guid.NewGuid());
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
