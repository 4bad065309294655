using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How often what happened to each node in this life of the agent. Told by the nodes' loops, read by whoever scrapes.</summary>
internal sealed class EventTally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(NodeName Node, ExitCause Cause), long> _exits = [];
    private readonly SortedDictionary<(NodeName Node, ProofState State), long> _proofs = [];

    public void Add(EventEntry entry)
    {
        if (entry.Node is not { } node)
        {
            return;
        }

        lock (_lock)
        {
            switch (entry.Fact)
            {
                case NodeFact.Exited exited:
                    _exits[(node, exited.Cause)] = _exits.GetValueOrDefault((node, exited.Cause)) + 1;
                    break;
                case NodeFact.Proved { Proof.State: not ProofState.Underway and var state }:
                    _proofs[(node, state)] = _proofs.GetValueOrDefault((node, state)) + 1;
                    break;
            }
        }
    }

    /// <summary>How often each node's process ended so.</summary>
    public List<(NodeName Node, ExitCause Cause, long Count)> Exits()
    {
        lock (_lock)
        {
            return [.. _exits.Select(e => (e.Key.Node, e.Key.Cause, e.Value))];
        }
    }

    /// <summary>How often a stop or restart of each node ended so.</summary>
    public List<(NodeName Node, ProofState State, long Count)> Proofs()
    {
        lock (_lock)
        {
            return [.. _proofs.Select(p => (p.Key.Node, p.Key.State, p.Value))];
        }
    }
}
