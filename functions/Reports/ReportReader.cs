using System.Buffers.Text;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>From the bytes of a message to a report that may be believed: who says it, is it signed by that agent, does it keep its bounds.</summary>
internal sealed class ReportReader(ITable table)
{
    /// <summary>More nodes than one agent supervises.</summary>
    private const int MostNodes = 2_000;

    public async Task<ReportReading> ReadAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (NameOf(message.Span) is not { } name)
        {
            return new ReportReading.Refused("malformed", "the message is no signed report of an agent");
        }

        var agent = await table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, cancellation);
        if (agent is null)
        {
            return new ReportReading.Refused("unknown agent", "no agent of that name is enrolled");
        }

        return Jws.Verify(message.Span, JwsType.Report, KeysOf(agent.Value)) switch
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
        if (second < 0 || compact.Length > Jws.MaxLength)
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
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static List<VerifyingKey> KeysOf(AgentRecord agent) =>
        [.. agent.Keys.Select(jwk => VerifyingKey.TryParse(jwk, out var key, out _) ? key : null).OfType<VerifyingKey>()];

    private static ReportReading Read(ReadOnlyMemory<byte> payload, Stored<AgentRecord> agent)
    {
        Report? report;
        try
        {
            report = JsonSerializer.Deserialize(payload.Span, CoreJson.Default.Report);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            return new ReportReading.Refused("not understood", $"agent {agent.Value.Name}: the report's payload is none that this monitor knows: {Where(e)}");
        }

        return Fault(report, agent.Value.Name) is { } fault
            ? new ReportReading.Refused("out of bounds", $"agent {agent.Value.Name}: {fault}")
            : new ReportReading.Good(report!, agent);
    }

    /// <summary>The place in the text, never the text.</summary>
    private static string Where(Exception e) => e is JsonException { Path: { } path } ? path : e.GetType().Name;

    private static string? Fault(Report? report, NodeName agent) => report switch
    {
        null => "the report is null",
        _ when report.Agent != agent => "it names another agent",
        _ when report.Names.IsDefault || report.Nodes.IsDefault || report.Events.IsDefault => "names, nodes or events are null",
        { Epoch: < 1 } => $"epoch is {report.Epoch}: at least 1",
        { Number: < 1 } => $"number is {report.Number}: at least 1",
        { PeriodSeconds: < 1 or > 600 } => $"period_seconds is {report.PeriodSeconds}: 1 to 600",
        _ when report.Names.Length > MostNodes || report.Nodes.Length > MostNodes => $"it has {Math.Max(report.Names.Length, report.Nodes.Length)} nodes: at most {MostNodes}",
        _ when report.Nodes.FirstOrDefault(n => n?.Inventory is null or { Port: < 1 or > 65535 }) is { } node => $"node {node?.Inventory?.Name}: no inventory, or a port outside 1 to 65535",
        _ when report.Nodes.Any(n => n is null) || report.Events.Any(e => e?.Fact is null) => "a node or an event is null",
        _ when report.Nodes.FirstOrDefault(n => n.Seen is { Row: null or { Count: < 1 } or { First.IsDefault: true } } or { Evidence: null }) is { } bare => $"node {bare.Inventory.Name}: what was seen lacks its row or its evidence",
        _ when report.Nodes.Select(n => n.Inventory.Name).Except(report.Names).Any() => "a node is not among its names",
        _ when report.Events.Any(e => e.Epoch != report.Epoch || e.N < 1) => "an event is of another epoch, or has no number",
        _ when !InOrder(report) => "its events are not in order",
        _ => null,
    };

    private static bool InOrder(Report report) => report.Events.Zip(report.Events.Skip(1)).All(pair => pair.First.N < pair.Second.N);
}
