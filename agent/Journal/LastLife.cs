using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What the event list last says of a node's processes.</summary>
/// <param name="Begun">The pid that was spawned or adopted, and of whose end nothing is said; null when there is none.</param>
/// <param name="Ended">The pid whose end was told last; null before the first.</param>
internal readonly record struct LastLife(int? Begun, int? Ended)
{
    public LastLife After(NodeFact fact) => fact switch
    {
        NodeFact.Spawned spawned => this with { Begun = spawned.Pid },
        NodeFact.Adopted adopted => this with { Begun = adopted.Pid },
        NodeFact.Found found => this with { Begun = found.Pid },
        NodeFact.Exited exited => new LastLife(Begun == exited.Pid ? null : Begun, exited.Pid),
        _ => this,
    };

    /// <summary>
    /// The processes whose ends nobody has told: the agent was gone, or was ended before it could write it down. Oldest first.
    /// </summary>
    /// <param name="journaled">The last process of the journal, which may never have come into the list.</param>
    /// <param name="alive">The process that is there; null when there is none.</param>
    public IEnumerable<int> Untold(ProcessIdentity? journaled, ProcessIdentity? alive)
    {
        if (Begun is { } begun && begun != alive?.Pid)
        {
            yield return begun;
        }

        if (journaled is { Pid: var last } && last != Begun && last != Ended && last != alive?.Pid)
        {
            yield return last;
        }
    }
}
