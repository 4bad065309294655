using System.Buffers.Text;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>From the bytes of a message to a report that may be believed: who says it, is it signed by that agent, does it keep its bounds.</summary>
internal sealed class ReportReader(ITable table, DateTimeOffset now)
{
    public async Task<ReportReading> ReadAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (message.Length > Jws.MaxLength)
        {
            return new ReportReading.Refused(nameof(JwsRefusal.TooLarge), $"the message has {message.Length} bytes: at most {Jws.MaxLength}");
        }

        if (NameOf(message.Span) is not { } name)
        {
            return new ReportReading.Refused("malformed", "the message is no signed report of an agent");
        }

        var agent = await table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, cancellation);
        if (agent is null)
        {
            return new ReportReading.Refused("unknown agent", "no agent of that name is enrolled");
        }

        return Jws.Verify(message.Span, JwsType.Report, KeysOf(agent.Value, now)) switch
        {
            JwsResult.Valid valid => Read(valid.Payload, agent),
            JwsResult.Refused refused => new ReportReading.Refused(refused.Kind.ToString(), $"agent {name}: {refused.Reason}"),
            _ => throw new InvalidOperationException("a signature is either valid or refused"),
        };
    }

    /// <summary>Whom the payload names; what it says is believed only after the signature of that agent.</summary>
    private static NodeName? NameOf(ReadOnlySpan<byte> compact)
    {
        var first = compact.IndexOf((byte)'.');
        var second = first < 0 ? -1 : compact[(first + 1)..].IndexOf((byte)'.');
        if (second < 0)
        {
            return null;
        }

        try
        {
            var payload = Base64Url.DecodeFromUtf8(compact.Slice(first + 1, second));
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("agent", out var agent)
                && agent.ValueKind == JsonValueKind.String && NodeName.TryParse(agent.GetString(), out var name) ? name : null;
        }
        // A text in it may be no Unicode, which is an InvalidOperationException.
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<VerifyingKey> KeysOf(AgentRecord agent, DateTimeOffset now) =>
        [.. agent.ValidKeys(now).Select(jwk => VerifyingKey.TryParse(jwk, out var key, out _) ? key : null).OfType<VerifyingKey>()];

    private static ReportReading Read(ReadOnlyMemory<byte> payload, Stored<AgentRecord> agent)
    {
        Report? report;
        try
        {
            report = JsonSerializer.Deserialize(payload.Span, CoreJson.Default.Report);

            // What cannot be written again has a member missing that nobody may miss: it must not come as far as the store.
            JsonSerializer.Serialize(Stream.Null, report!, CoreJson.Default.Report);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or InvalidOperationException)
        {
            return new ReportReading.Refused("not understood", $"agent {agent.Value.Name}: the report's payload is none that this monitor knows: {Where(e)}");
        }

        return report?.Agent != agent.Value.Name ? new ReportReading.Refused("not understood", $"agent {agent.Value.Name}: it names another agent")
            : ReportFaults.Of(report) is { } fault ? new ReportReading.Refused("out of bounds", $"agent {agent.Value.Name}: {fault}")
            : new ReportReading.Good(report, agent);
    }

    /// <summary>The place in the text, never the text.</summary>
    private static string Where(Exception e) => e is JsonException { Path: { } path } ? path : e.GetType().Name;
}
