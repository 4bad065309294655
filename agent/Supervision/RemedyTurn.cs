using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Automatic restarts take turns: one node at a time, so that a wrong diagnosis never empties a host.</summary>
internal sealed class RemedyTurn
{
    private readonly Lock _lock = new();
    private NodeName? _holder;

    public bool TryTake(NodeName node)
    {
        lock (_lock)
        {
            if (_holder is not null)
            {
                return false;
            }

            _holder = node;
            return true;
        }
    }

    public void Return(NodeName node)
    {
        lock (_lock)
        {
            if (_holder == node)
            {
                _holder = null;
            }
        }
    }
}
