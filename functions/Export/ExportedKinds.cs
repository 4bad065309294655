using System.Text.Json.Serialization.Metadata;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The kinds of rows that are exported, and what each has to be. Left out are what is under way (the outbox, leases), what the next tick or sweep makes anew, and what
/// says something of the running monitor alone. No kind holds a secret.
/// </summary>
internal static class ExportedKinds
{
    private static readonly (string Prefix, Func<Row, bool> IsSound)[] All =
    [
        (Keys.Agents, row => Read(row, CoreJson.Default.AgentRecord) is { } agent && Keys.Agent(agent.Name) == row.Key),
        (Keys.AllPlaced, row => row.Doc == "{}" && SubjectOf(row, Keys.AllPlaced) is { } subject && Shard.Of(subject) == row.Key.Shard),
        (Keys.Orders, row => Read(row, CoreJson.Default.OrderRecord) is { } order && Keys.Order(order.Order.Id) == row.Key),
        (Keys.AllDeliveries, row => Read(row, MonitorJson.Default.DeliveryRecord) is { } delivery && Keys.Delivered(delivery.Alert, delivery.Channel) == row.Key),
        (Keys.AllHistory, row => Read(row, CoreJson.Default.HistoryEntry) is { } entry && SubjectOf(row, Keys.AllHistory) is { } subject && Keys.History(subject, entry) == row.Key),
        (Keys.OpenIncidents, row => Read(row, CoreJson.Default.Incident) is { } incident && Keys.OpenIncident(incident.Subject) == row.Key),
        (Keys.ClosedIncidents, row => Read(row, CoreJson.Default.Incident) is { } incident && Keys.ClosedIncident(incident) == row.Key),
        (Keys.IncidentPlaces, row => Read(row, MonitorJson.Default.IncidentPlace) is not null && Keys.IncidentPlace(row.Key.Key[Keys.IncidentPlaces.Length..]) == row.Key),
        (Keys.Nodes, row => Read(row, CoreJson.Default.NodeRecord) is { } node && Keys.Node(node.Id) == row.Key),
        (Keys.NotUp, row => Read(row, MonitorJson.Default.NotUp) is not null && Keys.NotUpOf(row.Key.Key[Keys.NotUp.Length..]) == row.Key),
        (Keys.AllDays, row => IsRollup(row, RollupSpan.Day)),
        (Keys.AllHours, row => IsRollup(row, RollupSpan.Hour)),
        (Keys.KeptConfigs, row => Read(row, MonitorJson.Default.KeptConfigPart) is not null && row.Key.Shard == Keys.KeptConfig(0).Shard),
        (Keys.Silences, row => Read(row, CoreJson.Default.Silence) is { } silence && Keys.Silence(silence.Id) == row.Key),
    ];

    /// <summary>In the order of their keys.</summary>
    public static IEnumerable<string> Prefixes { get; } = [.. All.Select(k => k.Prefix).Order(StringComparer.Ordinal)];

    /// <summary>It is a row that this program wrote or could have written: of a known kind, readable, and where it belongs.</summary>
    public static bool IsSound(Row row) => All.FirstOrDefault(k => row.Key.Key.StartsWith(k.Prefix, StringComparison.Ordinal)) is { IsSound: { } isSound } && isSound(row);

    private static T? Read<T>(Row row, JsonTypeInfo<T> type)
        where T : class => Documents.TryRead(row, type, _ => { })?.Value;

    private static bool IsRollup(Row row, RollupSpan span) =>
        Read(row, CoreJson.Default.RollupBucket) is { } bucket
        && SubjectOf(row, span == RollupSpan.Hour ? Keys.AllHours : Keys.AllDays) is { } subject && NodeId.TryParse(subject, out var id) && Keys.Rollup(id, span, bucket) == row.Key;

    private static string? SubjectOf(Row row, string prefix) => row.Key.Key.IndexOf('|', prefix.Length) is > 0 and var end ? row.Key.Key[prefix.Length..end] : null;
}
