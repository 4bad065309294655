using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The keys of all kinds of rows: the one place that says where something is.</summary>
internal static class Keys
{
    public const string Nodes = "n|";
    public const string Agents = "a|";
    public const string NotUp = "q|";
    public const string Outbox = "o|";
    public const string OrderSuffix = "|order";
    public const string AllUnrouted = "o|r|";
    public const string AllLedger = "o|d|";
    public const string Orders = "c|";
    public const string Refusals = "x|";
    public const string AllHistory = "h|";
    public const string AllDeliveries = "d|";
    public const string AllPlaced = "b|";

    /// <summary>Roll-ups of nodes, hours and days.</summary>
    public const string AllRollups = "r|";
    public const string AllHours = "r|h|";
    public const string AllDays = "r|d|";

    /// <summary>Who did what, newest first.</summary>
    public const string AllAudit = "u|";

    /// <summary>Incidents that are open, one a subject; due when they are to be looked at again.</summary>
    public const string OpenIncidents = "i|";

    /// <summary>Incidents that are over, newest first.</summary>
    public const string ClosedIncidents = "j|";

    /// <summary>Where incidents are, by their ids.</summary>
    public const string IncidentPlaces = "k|";

    /// <summary>Silences and maintenance, all in the monitor's own shard.</summary>
    public const string Silences = "v|silence|";

    /// <summary>One a channel, all in the monitor's own shard.</summary>
    public const string Channels = "v|channel|";

    public static RowKey Node(NodeId id) => Of(id.ToString(), Nodes + id);

    /// <summary>How the keys of an agent's nodes begin; they lie in all shards.</summary>
    public static string NodesOf(NodeName agent) => $"{Nodes}{agent}.";

    public static RowKey Agent(NodeName name) => Of(name.ToString(), Agents + name);

    /// <summary>A node that is not Up, or an agent that is silent; written and removed with the subject's own row.</summary>
    public static RowKey NotUpOf(string subject) => Of(subject, NotUp + subject);

    /// <summary>Newest first within a subject.</summary>
    public static RowKey History(string subject, HistoryEntry entry) => Of(subject, $"{HistoryOf(subject)}{ReversedTicks.Of(entry.At)}|{entry.Place}");

    public static string HistoryOf(string subject) => $"{AllHistory}{subject}|";

    /// <summary>Newest first within a node; a day that was summed up in parts has a row for each.</summary>
    public static RowKey Day(NodeId id, RollupBucket day) => Of(id.ToString(), $"{RollupsOf(id, RollupSpan.Day)}{ReversedTicks.Of(day.From)}|{day.Began:d14}.{day.Number}");

    /// <summary>The row of an hour's day, of which the hour is a part; a day has another row for every <paramref name="most"/> that were begun.</summary>
    public static RowKey Hours(NodeId id, RollupBucket hour, int most) =>
        Of(id.ToString(), $"{RollupsOf(id, RollupSpan.Hour)}{ReversedTicks.Of(RollupSpan.Day.StartOf(hour.From))}|{hour.Number / most}");

    public static string RollupsOf(NodeId id, RollupSpan span) => $"{(span == RollupSpan.Hour ? AllHours : AllDays)}{id}|";

    /// <summary>An alert that is to be routed when it is due.</summary>
    public static RowKey Unrouted(string subject, string alert) => Of(subject, $"{AllUnrouted}{alert}");

    /// <summary>One alert on its way over one channel.</summary>
    public static RowKey Ledger(string subject, string channel, string alert) => Of(subject, $"{LedgerOf(channel)}{alert}");

    public static string LedgerOf(string channel) => $"{AllLedger}{channel}|";

    /// <summary>What became of it; newest first within a subject.</summary>
    public static RowKey Delivered(Alert alert, string channel) =>
        Of(alert.Subject, $"{AllDeliveries}{alert.Subject}|{ReversedTicks.Of(alert.At)}|{alert.Id}|{channel}");

    public static string DeliveriesOf(string subject) => $"{AllDeliveries}{subject}|";

    /// <summary>An order lies with its node, or with its agent where it has none; its id begins with the shard.</summary>
    public static RowKey? Order(string id) => ShardOf(id) is { } shard ? new RowKey(shard, Orders + id) : null;

    /// <summary>An order that is still to be sent.</summary>
    public static RowKey? OrderOnItsWay(string id) => ShardOf(id) is { } shard ? new RowKey(shard, $"{Outbox}{id}{OrderSuffix}") : null;

    /// <summary>That an order was placed; newest first within a subject. Its row holds nothing: the order's own does.</summary>
    public static RowKey Placed(OrderRecord record) => Of(record.Order.Subject, $"{PlacedOf(record.Order.Subject)}{ReversedTicks.Of(record.StoredAt)}|{record.Order.Id}");

    public static string PlacedOf(string subject) => $"{AllPlaced}{subject}|";

    /// <summary>There while it is open.</summary>
    public static RowKey OpenIncident(string subject) => Of(subject, OpenIncidents + subject);

    /// <summary>There when it is over.</summary>
    public static RowKey ClosedIncident(Incident incident) => ClosedIncident(incident.Subject, incident.OpenedAt, incident.Id);

    public static RowKey ClosedIncident(string subject, DateTimeOffset openedAt, string id) => Of(subject, $"{ClosedIncidents}{ReversedTicks.Of(openedAt)}|{id}");

    /// <summary>Holds where an incident is, an <see cref="IncidentPlace"/>; null for what is no incident's id.</summary>
    public static RowKey? IncidentPlace(string id) => id.Length == 25 && id.All(char.IsAsciiHexDigitLower) ? new RowKey(new Shard(Convert.ToInt32(id[..1], 16)), IncidentPlaces + id) : null;

    /// <summary>A line of who did what, with its subject.</summary>
    /// <param name="place">Unique among those of the same moment.</param>
    public static RowKey Audit(string subject, DateTimeOffset at, string place) => Of(subject, $"{AllAudit}{ReversedTicks.Of(at)}|{place}");

    /// <summary>The first key of those that are older.</summary>
    public static string AuditBefore(DateTimeOffset at) => $"{AllAudit}{ReversedTicks.Of(at)}}}"; // '}' comes after '|'.

    public static RowKey Silence(string id) => Of(NodeId.Monitor, Silences + id);

    /// <summary>Rewritten with each silence that is added, so that two at once cannot go over their bound.</summary>
    public static RowKey SilenceMark => Of(NodeId.Monitor, "v|silences");

    /// <summary>How much of the fleet was restarted by automatic order lately.</summary>
    public static RowKey RestartBudget => Of(NodeId.Monitor, "v|restarts");

    /// <summary>When a channel may be used next, and when its deliverer was last called.</summary>
    public static RowKey Channel(string channel) => Of(NodeId.Monitor, Channels + channel);

    /// <summary>The monitor's own doubt in what it sees from here.</summary>
    public static RowKey Doubt => Of(NodeId.Monitor, "v|doubt");

    /// <summary>The configuration that was good last, in pieces.</summary>
    public static RowKey KeptConfig(int part) => Of(NodeId.Monitor, $"{KeptConfigPart.KeyPrefix}{part:00}");

    /// <summary>What is being imported, or was last.</summary>
    public static RowKey ImportMark => Of(NodeId.Monitor, "v|import");

    /// <summary>The monitor runs with an earlier configuration.</summary>
    public static RowKey ConfigRefusal => Of(NodeId.Monitor, "v|config");

    /// <summary>Since when the sweep has been running without a gap.</summary>
    public static RowKey SweepMark => Of(NodeId.Monitor, "s|sweep");

    /// <summary>What the last tick found of the shard's daemons, for comparison.</summary>
    public static RowKey Daemons(Shard shard) => new(shard, "s|daemons");

    public static RowKey Summary(Shard shard) => new(shard, "s|summary");

    private static RowKey Of(string subject, string key) => new(Shard.Of(subject), key);

    private static Shard? ShardOf(string order) =>
        order.Length == 33 && order.All(char.IsAsciiHexDigitLower) ? new Shard(Convert.ToInt32(order[..1], 16)) : null;
}
