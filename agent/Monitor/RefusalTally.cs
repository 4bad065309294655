using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Messages that nobody can be held to: at most one event a minute, with their count. Whoever floods the queue must not flood the events.</summary>
internal sealed class RefusalTally(EventLog events, AgentClock clock)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private TimeSpan? _toldAt;
    private long _count;
    private string _reason = "";

    public void Add(string reason)
    {
        lock (_lock)
        {
            _count++;
            _reason = reason;
        }

        Tell();
    }

    /// <summary>Tells what was counted, if it is time.</summary>
    public void Tell()
    {
        string text;
        lock (_lock)
        {
            if (_count == 0 || clock.Now - _toldAt < Apart)
            {
                return;
            }

            text = _count == 1 ? _reason : $"{_count} messages; the last one: {_reason}";
            (_count, _toldAt) = (0, clock.Now);
        }

        events.Add(null, clock.Wall, new NodeFact.OrderRefused(null, text));
    }
}
