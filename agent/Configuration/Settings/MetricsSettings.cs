using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The section <c>metrics</c> of agent.json.</summary>
internal static class MetricsSettings
{
    public static Setting Listen { get; } = new(
        "listen",
        new ValueShape.Text("a loopback address and a port, such as 127.0.0.1:9938 or [::1]:9938", MonitorTextPatterns.Listen),
        "Where `/metrics` is served, without a key: a loopback address alone, since what is told there names every node and its height.")
    {
        DefaultInWords = "nothing is served",
    };

    public static Setting Section { get; } = new("metrics", new ValueShape.Group([Listen]), "What the agent tells Prometheus: [metrics.md](metrics.md).");
}
