using System.Text.Json.Serialization.Metadata;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The kinds of rows that are exported, and what each has to be. Left out are what is under way (the outbox, leases), what the next tick or sweep makes anew, and what
/// says something of the running monitor alone. No kind holds a secret.
/// </summary>
internal static class ExportedKinds
{
    private static readonly ExportedKind[] All =
    [
        new(Keys.Agents, "agent", row => Read(row, CoreJson.Default.AgentRecord) is { } agent ? Keys.Agent(agent.Name) : null),
        new(Keys.AllPlaced, "place of an order", row => row.Doc == "{}" && SubjectOf(row, Keys.AllPlaced) is { } subject ? new RowKey(Shard.Of(subject), row.Key.Key) : null),
        new(Keys.Orders, "order", row => Read(row, CoreJson.Default.OrderRecord) is { } order ? Keys.Order(order.Order.Id) : null),
        new(Keys.AllDeliveries, "delivery", row => Read(row, MonitorJson.Default.DeliveryRecord) is { } delivery ? Keys.Delivered(delivery.Alert, delivery.Channel) : null),
        new(Keys.AllHistory, "entry of a history", row => Read(row, CoreJson.Default.HistoryEntry) is { } entry && SubjectOf(row, Keys.AllHistory) is { } subject ? Keys.History(subject, entry) : null),
        new(Keys.OpenIncidents, "incident", row => Read(row, CoreJson.Default.Incident) is { } incident ? Keys.OpenIncident(incident.Subject) : null),
        new(Keys.ClosedIncidents, "incident", row => Read(row, CoreJson.Default.Incident) is { } incident ? Keys.ClosedIncident(incident) : null),
        new(Keys.IncidentPlaces, "place of an incident", row => Read(row, MonitorJson.Default.IncidentPlace) is not null ? Keys.IncidentPlace(row.Key.Key[Keys.IncidentPlaces.Length..]) : null),
        new(Keys.Nodes, "node", row => Read(row, CoreJson.Default.NodeRecord) is { } node ? Keys.Node(node.Id) : null),
        new(Keys.NotUp, "node that is not up", row => Read(row, MonitorJson.Default.NotUp) is not null ? Keys.NotUpOf(row.Key.Key[Keys.NotUp.Length..]) : null),
        new(Keys.AllDays, "roll-up of a day", row => Rollup(row, RollupSpan.Day)),
        new(Keys.AllHours, "roll-up of hours", row => Rollup(row, RollupSpan.Hour)),
        new(KeptConfigPart.KeyPrefix, "part of a configuration", row => Read(row, KeptConfigJson.Default.KeptConfigPart) is not null ? new RowKey(Keys.KeptConfig(0).Shard, row.Key.Key) : null),
        new(Keys.Silences, "silence", row => Read(row, CoreJson.Default.Silence) is { } silence ? Keys.Silence(silence.Id) : null),
    ];

    /// <summary>In the order of their keys.</summary>
    public static IEnumerable<string> Prefixes { get; } = [.. All.Select(k => k.Prefix).Order(StringComparer.Ordinal)];

    /// <summary>It is a row that this program wrote or could have written: of a known kind, readable, and where it belongs.</summary>
    public static bool IsSound(Row row) => Problem(row) is null;

    /// <summary>Why it is no row that this program wrote or could have written; null where it is one. The sentence goes on after the row's key.</summary>
    public static string? Problem(Row row)
    {
        if (Array.Find(All, k => row.Key.Key.StartsWith(k.Prefix, StringComparison.Ordinal)) is not { } kind)
        {
            return $"is of no kind that this version of the program writes: its key begins with none of {string.Join(", ", Prefixes)}";
        }

        return PlaceOf(kind, row) is not { } place ? $"cannot be read as the {kind.Name} that its key says it is"
            : place != row.Key ? $"is not where it belongs: as the {kind.Name} that it holds its key is {ApiQuery.Short(place.Key)} in shard {place.Shard.Number}"
            : null;
    }

    private static RowKey? PlaceOf(ExportedKind kind, Row row)
    {
        try
        {
            return kind.PlaceOf(row);
        }
        catch (ArgumentException)
        {
            return null; // What it holds is longer than any key.
        }
    }

    private static T? Read<T>(Row row, JsonTypeInfo<T> type)
        where T : class => Documents.TryRead(row, type, _ => { })?.Value;

    private static RowKey? Rollup(Row row, RollupSpan span) =>
        SubjectOf(row, span == RollupSpan.Hour ? Keys.AllHours : Keys.AllDays) is { } subject && NodeId.TryParse(subject, out var id) ? RollupRows.PlaceOf(id, row, span) : null;

    private static string? SubjectOf(Row row, string prefix) => row.Key.Key.IndexOf('|', prefix.Length) is > 0 and var end ? row.Key.Key[prefix.Length..end] : null;
}
