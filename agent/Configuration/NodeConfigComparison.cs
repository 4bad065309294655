using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Which changes of a node's configuration touch its process.</summary>
internal static class NodeConfigComparison
{
    /// <summary>
    /// Another kind of supervision, or another process to be found: the node is taken down and put up anew in the agent, while what runs is left
    /// alone.
    /// </summary>
    public static bool IsFoundLike(this NodeConfig node, NodeConfig other) =>
        node.Manage == other.Manage
        && (node.Manage == NodeManage.Own || (node.Kind, node.Port, node.Host, node.Unit) == (other.Kind, other.Port, other.Host, other.Unit));

    /// <summary>The process that runs for the one would run unchanged for the other. One that is watched is never restarted for a change of its configuration.</summary>
    public static bool RunsTheSameAs(this NodeConfig node, NodeConfig other) =>
        node.Manage == NodeManage.Watch || other.Manage == NodeManage.Watch
        || (node.Program == other.Program
        && node.Folder == other.Folder
        && node.Kind == other.Kind
        && node.Port == other.Port
        && Equals(node.Login, other.Login)
        && node.Arguments.SequenceEqual(other.Arguments)
        && node.Environment.SequenceEqual(other.Environment));
}
