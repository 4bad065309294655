using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a reload did.</summary>
internal abstract record ReloadResult
{
    private ReloadResult()
    {
    }

    public sealed record Applied(ImmutableArray<NodeName> Added, ImmutableArray<NodeName> Restarted, ImmutableArray<NodeName> Removed) : ReloadResult
    {
        /// <summary>Looked for anew, since somebody else runs them now, or did: no process was touched.</summary>
        public ImmutableArray<NodeName> Anew { get; init; } = [];

        public override string ToString() => this is { Added: [], Restarted: [], Removed: [] }
            ? $"reloaded; no process had to be touched{Found}"
            : $"reloaded; added: {List(Added)}; restarted: {List(Restarted)}; removed: {List(Removed)}{Found}";

        private string Found => Anew.IsEmpty ? "" : $"; looked for anew: {List(Anew)}";

        private static string List(ImmutableArray<NodeName> names) => names.IsEmpty ? "none" : string.Join(", ", names);
    }

    /// <summary>The file was refused and the present configuration stays.</summary>
    public sealed record Refused(ImmutableArray<string> Errors) : ReloadResult;

    /// <summary>The agent leaves: no node is added or changed any more.</summary>
    public sealed record Leaving : ReloadResult
    {
        public override string ToString() => "the agent is going down; the next one takes the configuration as it is then";
    }
}
