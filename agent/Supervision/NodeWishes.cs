using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What operators want of a node: the desired state and <c>available</c>, both in the journal before they take effect.</summary>
internal sealed class NodeWishes
{
    private readonly NodeName _node;
    private readonly NodeContext _context;
    private DesiredState _desired;
    private bool _leaving;

    public NodeWishes(NodeConfig config, NodeContext context)
    {
        var journaled = context.Journal.Of(config.Name);
        _node = config.Name;
        _context = context;
        _desired = journaled.Desired;
        Available = journaled.Available ?? config.Available;
    }

    public bool Available { get; private set; }

    public bool WantsToRun => Available && !_leaving && _desired is DesiredState.Running;

    /// <summary>As a diagnosis should take it: a node that is disabled, or that the agent takes along, is not failed.</summary>
    public DesiredState Desired =>
        !Available ? new DesiredState.Stopped("disable", _context.Clock.Wall)
        : _leaving ? new DesiredState.Stopped("down", _context.Clock.Wall)
        : _desired;

    public string? Refuse(NodeOrder order) =>
        !Available && order is (NodeOrder.Start or NodeOrder.Restart)
            ? $"{_node} is disabled; enable it first: monerocloud enable {_node}"
            : _leaving ? "the agent is going down" : null;

    /// <summary>Takes an order's wish, once it is in the journal.</summary>
    /// <returns>Null where it is taken; else why it cannot be kept, and nothing is changed.</returns>
    public string? Take(NodeOrder order, string by)
    {
        try
        {
            Keep(order, by);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{_node}: it is not done, since the order cannot be kept: {e.Message}";
        }
    }

    public void CloseBreaker()
    {
        if (_context.Journal.Of(_node).BrokenUntil is not null)
        {
            _context.Journal.Append(_node, new JournalRecord.Breaker(_node, 0, null), durable: false);
        }
    }

    /// <summary>A changed agent.json speaks for <c>available</c> only while no operator has.</summary>
    public void Configure(NodeConfig config) => Available = _context.Journal.Of(_node).Available ?? config.Available;

    public void Leave() => _leaving = true;

    private void Keep(NodeOrder order, string by)
    {
        switch (order)
        {
            case NodeOrder.Start or NodeOrder.Restart:
                Desire(new DesiredState.Running(), new JournalRecord.Running(_node));
                break;
            case NodeOrder.Stop:
                var at = _context.Clock.Wall;
                Desire(new DesiredState.Stopped(by, at), new JournalRecord.Stopped(_node, by, at));
                break;
            case NodeOrder.Enable or NodeOrder.Disable:
                var available = order == NodeOrder.Enable;
                _context.Journal.Append(_node, new JournalRecord.Available(_node, available), durable: true);
                Available = available;
                break;
        }
    }

    private void Desire(DesiredState desired, JournalRecord record)
    {
        if (desired is DesiredState.Running && _desired is DesiredState.Running)
        {
            return;
        }

        _context.Journal.Append(_node, record, durable: true);
        _desired = desired;
    }
}
