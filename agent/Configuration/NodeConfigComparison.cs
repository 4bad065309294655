namespace MoneroCloud.Agent;

/// <summary>Which changes of a node's configuration touch its process.</summary>
internal static class NodeConfigComparison
{
    /// <summary>The process that runs for the one would run unchanged for the other.</summary>
    public static bool RunsTheSameAs(this NodeConfig node, NodeConfig other) =>
        node.Program == other.Program
        && node.Folder == other.Folder
        && node.Kind == other.Kind
        && node.Port == other.Port
        && Equals(node.Login, other.Login)
        && node.Arguments.SequenceEqual(other.Arguments)
        && node.Environment.SequenceEqual(other.Environment);
}
