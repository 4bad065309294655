using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The keys of all kinds of rows: the one place that says where something is.</summary>
internal static class Keys
{
    public const string Nodes = "n|";
    public const string Agents = "a|";
    public const string NotUp = "q|";
    public const string Outbox = "o|";
    public const string Orders = "c|";
    public const string Refusals = "x|";
    public const string AllHistory = "h|";
    public const string AllDeliveries = "d|";
    public const string AllPlaced = "b|";

    /// <summary>The configuration that was good last, in pieces.</summary>
    public const string KeptConfigs = "s|config|";

    public static RowKey Node(NodeId id) => Of(id.ToString(), Nodes + id);

    /// <summary>How the keys of an agent's nodes begin; they lie in all shards.</summary>
    public static string NodesOf(NodeName agent) => $"{Nodes}{agent}.";

    public static RowKey Agent(NodeName name) => Of(name.ToString(), Agents + name);

    /// <summary>A node that is not Up, or an agent that is silent; written and removed with the subject's own row.</summary>
    public static RowKey NotUpOf(string subject) => Of(subject, NotUp + subject);

    /// <summary>Newest first within a subject.</summary>
    public static RowKey History(string subject, HistoryEntry entry) => Of(subject, $"{HistoryOf(subject)}{ReversedTicks.Of(entry.At)}|{entry.Place}");

    public static string HistoryOf(string subject) => $"{AllHistory}{subject}|";

    /// <summary>One alert on its way over one channel.</summary>
    public static RowKey Delivery(string subject, string alert, string channel) => Of(subject, $"{Outbox}{alert}|{channel}");

    /// <summary>What became of it; newest first within a subject.</summary>
    public static RowKey Delivered(Alert alert, string channel) =>
        Of(alert.Subject, $"{AllDeliveries}{alert.Subject}|{ReversedTicks.Of(alert.At)}|{alert.Id}|{channel}");

    public static string DeliveriesOf(string subject) => $"{AllDeliveries}{subject}|";

    /// <summary>An order lies with its node, or with its agent where it has none; its id begins with the shard.</summary>
    public static RowKey? Order(string id) => ShardOf(id) is { } shard ? new RowKey(shard, Orders + id) : null;

    /// <summary>An order that is still to be sent.</summary>
    public static RowKey? OrderOnItsWay(string id) => ShardOf(id) is { } shard ? new RowKey(shard, $"{Outbox}{id}|order") : null;

    /// <summary>That an order was placed; newest first within a subject. Its row holds nothing: the order's own does.</summary>
    public static RowKey Placed(OrderRecord record) => Of(record.Order.Subject, $"{PlacedOf(record.Order.Subject)}{ReversedTicks.Of(record.StoredAt)}|{record.Order.Id}");

    public static string PlacedOf(string subject) => $"{AllPlaced}{subject}|";

    /// <summary>How much of the fleet was restarted by automatic order lately.</summary>
    public static RowKey RestartBudget => Of(NodeId.Monitor, "v|restarts");

    /// <summary>The monitor's own doubt in what it sees from here.</summary>
    public static RowKey Doubt => Of(NodeId.Monitor, "v|doubt");

    public static RowKey KeptConfig(int part) => Of(NodeId.Monitor, $"{KeptConfigs}{part:00}");

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
