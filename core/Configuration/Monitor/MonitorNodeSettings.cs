namespace MoneroCloud.Core;

/// <summary>The settings of one node of monitor.json.</summary>
internal static class MonitorNodeSettings
{
    public static ValueShape.Text LoginSecretShape { get; } = new(
        "NODE_LOGIN_ and then 1 to 100 of A-Z, 0-9 and '_': the name of a variable; a secret itself must not stand in this file",
        MonitorTextPatterns.LoginSecret);

    public static Setting Kind { get; } = new("kind", NodeShapes.Kind, "Which program it runs.") { Required = true };

    public static Setting ProbeUrl { get; } = new(
        "probeUrl",
        new ValueShape.Text("http or https, a host and a port, such as https://10.0.0.5:18082, and nothing else", MonitorTextPatterns.ProbeUrl),
        "Where the monitor reaches the RPC: `http` or `https`, host and port, and nothing else.")
    {
        Required = true,
        IsAddress = true,
    };

    public static Setting Tls { get; } = TlsSettings.Group("for an https address");

    public static Setting LoginSecret { get; } = new(
        "loginSecret",
        LoginSecretShape,
        "The name of the environment variable (in Azure: the app setting) that holds the RPC login, as `user:password`.")
    {
        Sensitive = true,
    };

    public static Setting Wallet { get; } = new("wallet", new ValueShape.Truth(), "A wallet must be open; only for a walletRpc node.") { Default = "false" };

    public static Setting Labels { get; } = new("labels", NodeShapes.Labels, "Anything that helps to find or group nodes.");

    public static Setting Available { get; } = new(
        "available",
        new ValueShape.Truth(),
        "False: kept and shown, but not probed, counted or alerted.")
    {
        Default = "true",
    };

    /// <summary><c>remote.NAME</c></summary>
    public static ValueShape.Entry Remote { get; } = new(
        new ValueShape.Text("remote.NAME", MonitorTextPatterns.RemoteNode),
        new ValueShape.Group([Kind, ProbeUrl, Tls, LoginSecret, Wallet, Labels, Available]));

    /// <summary><c>AGENT.NAME</c></summary>
    public static ValueShape.Entry OfAgent { get; } = new(
        new ValueShape.Text("AGENT.NAME", MonitorTextPatterns.AgentNode),
        new ValueShape.Group([ProbeUrl, Tls, LoginSecret])
        {
            Elsewhere = "of an agent's node only probeUrl, tls and loginSecret stand here, the agent tells the rest",
        });
}
