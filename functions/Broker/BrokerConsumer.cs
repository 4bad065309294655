namespace MoneroCloud.Functions;

/// <summary>One receiver of one queue. Its state is the loop's; it sends through the endpoint.</summary>
internal sealed class BrokerConsumer(string queue, DepartureEndpoint endpoint)
{
    private const int MostHeld = 1000;
    private const long MostHeldBytes = 32 << 20;

    private readonly Dictionary<Guid, int> _held = [];
    private uint _limit;
    private uint _sent;
    private long _heldBytes;

    public string Queue { get; } = queue;

    public DepartureEndpoint Endpoint { get; } = endpoint;

    /// <summary>
    /// What the receiver asked for, and no more than fits its hands: it could ask for everything and read nothing. The library's own count
    /// is wrong after a flow that repeats the credit, so it is counted here.
    /// </summary>
    public bool Wants => unchecked((int)(_limit - _sent)) > 0 && _held.Count < MostHeld && _heldBytes < MostHeldBytes;

    /// <summary>It wants what there is, and then to be told that there is no more.</summary>
    public bool Drains { get; private set; }

    public void SetLimit(uint limit, bool drain)
    {
        _limit = limit;
        Drains = drain;
    }

    public void Took(Guid lockToken, int size)
    {
        unchecked
        {
            _sent++;
        }

        _held[lockToken] = size;
        _heldBytes += size;
    }

    public void Settled(Guid lockToken)
    {
        if (_held.Remove(lockToken, out var size))
        {
            _heldBytes -= size;
        }
    }

    public void Drained()
    {
        _sent = _limit;
        Drains = false;
    }
}
