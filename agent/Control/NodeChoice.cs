using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Which nodes an operator means: an id, a name that is unique in view, or all.</summary>
internal abstract record NodeChoice
{
    private NodeChoice()
    {
    }

    public sealed record Chosen(ImmutableArray<NodeName> Names) : NodeChoice;

    public sealed record Refused(string Message) : NodeChoice;

    public static NodeChoice Of(string? text, NodeName agent, IEnumerable<NodeName> known)
    {
        var names = known.ToImmutableArray();
        if (text is null)
        {
            return new Chosen(names);
        }

        if (NodeId.TryParse(text, out var id))
        {
            return id.Agent == agent && names.Contains(id.Name) ? new Chosen([id.Name]) : Unknown(text, names);
        }

        return NodeName.TryParse(text, out var name) && names.Contains(name) ? new Chosen([name]) : Unknown(text, names);
    }

    private static Refused Unknown(string text, ImmutableArray<NodeName> names) =>
        new($"there is no node '{text}'; known: {(names.IsEmpty ? "none" : string.Join(", ", names.Take(20)))}{(names.Length > 20 ? ", ..." : "")}");
}
