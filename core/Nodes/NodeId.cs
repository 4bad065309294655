using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Core;

/// <summary>A node in the whole fleet: <c>agent.name</c>, or <c>remote.name</c> for a node without an agent.</summary>
public readonly record struct NodeId(NodeName Agent, NodeName Name)
{
    /// <summary>Stands in an agent's place for a node that no agent supervises.</summary>
    public const string Remote = "remote";

    /// <summary>Reserved: the monitor itself as a subject.</summary>
    public const string Monitor = "monitor";

    /// <summary>Agents may be called neither <see cref="Remote"/> nor <see cref="Monitor"/>.</summary>
    public static bool IsReservedAgentName(string name) => name is Remote or Monitor;

    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId id)
    {
        id = default;
        var parts = text?.Split('.');
        if (parts is not [var agent, var name] || !NodeName.TryParse(agent, out var a) || !NodeName.TryParse(name, out var n))
        {
            return false;
        }

        id = new NodeId(a, n);
        return true;
    }

    public override string ToString() => $"{Agent}.{Name}";
}
