using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The pids of this agent's living nodes, to tell a declared holder of a wallet's lock from an orphan.</summary>
internal sealed class DeclaredProcesses
{
    private readonly ConcurrentDictionary<NodeName, int> _pids = new();

    public void Put(NodeName node, int? pid)
    {
        if (pid is { } living)
        {
            _pids[node] = living;
        }
        else
        {
            _pids.TryRemove(node, out _);
        }
    }

    public bool Contains(int pid) => _pids.Values.Contains(pid);
}
