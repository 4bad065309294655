using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The settings at the top of agent.json.</summary>
internal static class AgentSettings
{
    public const int MaxNodes = 1_000;

    /// <summary>For editors; the reader ignores it.</summary>
    public static Setting SchemaAddress { get; } = new("$schema", new ValueShape.Text(), "Where an editor finds the schema of this file; the agent ignores it.");

    public static Setting Agent { get; } = new("agent", NodeShapes.Name, "This agent's name, the first half of every node's id. Not `remote` or `monitor`.")
    {
        DefaultInWords = "the machine's host name, where it is a valid name",
    };

    public static Setting StateFolder { get; } = new(
        "stateFolder",
        new ValueShape.Text(),
        "Journal, events, control socket and logs. Made with mode 0700 when missing.")
    {
        DefaultInWords = "`/var/lib/monerocloud` for root, else `$XDG_STATE_HOME/monerocloud` or `~/.local/state/monerocloud`",
    };

    public static Setting Nodes { get; } = new("nodes", new ValueShape.Groups(NodeSettings.Shape, MaxNodes), "The processes this agent supervises.")
    {
        Required = true,
    };

    public static ValueShape.Group Shape { get; } = new(
    [
        SchemaAddress,
        Agent,
        StateFolder,
        Nodes,
        AgentPolicySettings.Supervision.Section,
        PolicySettings.Diagnosis.Section,
        PolicySettings.Health.Section,
        AgentPolicySettings.Checks.Section,
        LinkSettings.Policy.Section,
        MetricsSettings.Section,
    ]);
}
