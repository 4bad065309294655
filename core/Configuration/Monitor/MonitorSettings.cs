namespace MoneroCloud.Core;

/// <summary>The settings at the top of monitor.json.</summary>
internal static class MonitorSettings
{
    public const int MaxNodes = 10_000;

    private static readonly ValueShape.Text ListenShape =
        new("an IP address and a port, such as 127.0.0.1:7071 or [::1]:7071", MonitorTextPatterns.Listen);

    /// <summary>For editors; the reader ignores it.</summary>
    public static Setting SchemaAddress { get; } = new("$schema", new ValueShape.Text(), "Where an editor finds the schema of this file; the monitor ignores it.");

    public static Setting Nodes { get; } = new(
        "nodes",
        new ValueShape.Named(
            $"{NodeId.Remote}.NAME or AGENT.NAME, where a name is {NodeName.Rule}, and no agent is called {NodeId.Monitor}",
            [MonitorNodeSettings.Remote, MonitorNodeSettings.OfAgent],
            MaxNodes),
        "The nodes that the monitor probes itself, by their ids.");

    public static Setting Listen { get; } = new("listen", ListenShape, "Standalone: where HTTP is served, to be reached from elsewhere only through a TLS proxy.")
    {
        Default = "\"127.0.0.1:7071\"",
    };

    public static Setting BusListen { get; } = new("listen", ListenShape, "Standalone: where the embedded broker listens for agents.")
    {
        Default = "\"127.0.0.1:5672\"",
    };

    public static Setting Bus { get; } = new("bus", new ValueShape.Group([BusListen]), "The embedded broker.");

    public static Setting Data { get; } = new("data", new ValueShape.Text(), "Standalone: the folder of the database, the broker's messages and the keys.")
    {
        DefaultInWords = "`monitor-data` beside the file",
    };

    public static Setting PublicUrl { get; } = new(
        "publicUrl",
        new ValueShape.Text("an address such as https://monitor.example.org, without a query", MonitorTextPatterns.PublicUrl),
        "Where people reach the monitor, for links in alerts.")
    {
        IsAddress = true,
    };

    public static Setting AgentsBus { get; } = new(
        "agentsBus",
        new ValueShape.Text("amqp or amqps, a host and a port, such as amqps://monitor.example.org:5671", MonitorTextPatterns.BusUrl),
        "Standalone: the address at which agents dial the bus.")
    {
        DefaultInWords = "that of `bus.listen`",
        IsAddress = true,
    };

    public static ValueShape.Group Shape { get; } = new(
    [
        SchemaAddress,
        Nodes,
        Listen,
        Bus,
        Data,
        PublicUrl,
        AgentsBus,
        MonitorPolicySettings.Probe.Section,
        MonitorPolicySettings.Periods.Section,
        MonitorPolicySettings.History.Section,
        MonitorPolicySettings.Alerts.Section,
        MonitorPolicySettings.Restarts.Section,
        WatchSettings.SelfCheck.Section,
        WatchSettings.DeadMan.Section,
        PolicySettings.Diagnosis.Section,
        PolicySettings.Health.Section,
    ]);
}
