using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What an azd environment says of its agents.</summary>
internal abstract record AzdAgents
{
    private AzdAgents()
    {
    }

    /// <param name="Environment">Its name; null where azd does not tell.</param>
    /// <param name="Agents">In their order; none where none was ever set.</param>
    public sealed record Read(string? Environment, IReadOnlyList<NodeName> Agents) : AzdAgents;

    public sealed record Failed(string Why) : AzdAgents;
}
