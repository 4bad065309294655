using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The rows of alerts on their way. An alert is stored as one row, with its cause; when it is due that row becomes one row a channel, the ledger;
/// and each of those ends in a record of what became of it.
/// </summary>
internal static class AlertRows
{
    /// <summary>To be routed when the alert is due.</summary>
    public static RowChange Stored(Alert alert) => new RowChange.Put(Row(Keys.Unrouted(alert.Subject, alert.Id), new OutboxItem { Alert = alert, Trace = Traces.Current }, alert.Due));

    /// <summary>An alert that is taken back before it was due.</summary>
    public static RowChange TakenBack(string subject, string alert) => new RowChange.Delete(Keys.Unrouted(subject, alert));

    /// <summary>On its way over one channel.</summary>
    public static RowChange Ledger(Alert alert, string channel, DateTimeOffset now, DateTimeOffset due, string? escalatedFrom = null) =>
        new RowChange.Put(Row(
            Keys.Ledger(alert.Subject, channel, alert.Id), new OutboxItem { Alert = alert, Channel = channel, RoutedAt = now, EscalatedFrom = escalatedFrom, Trace = Traces.Current }, due));

    /// <summary>A try of one channel: it needs no route.</summary>
    public static RowChange Test(Alert alert, string channel) => Ledger(alert, channel, alert.At, alert.Due);

    public static RowChange Ended(DeliveryRecord record) =>
        new RowChange.Put(new Row { Key = Keys.Delivered(record.Alert, record.Channel), Doc = JsonSerializer.Serialize(record, MonitorJson.Default.DeliveryRecord) });

    public static Row Row(RowKey key, OutboxItem item, DateTimeOffset due, string? version = null) =>
        new() { Key = key, Doc = JsonSerializer.Serialize(item, MonitorJson.Default.OutboxItem), Due = due, Version = version };
}
