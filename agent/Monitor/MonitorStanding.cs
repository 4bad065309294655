using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How it stands between the agent and its monitor; told by both loops, read by whoever asks.</summary>
/// <param name="clock">The agent's.</param>
/// <param name="told">The last event that an earlier life of the agent may have told.</param>
internal sealed class MonitorStanding(AgentClock clock, EventPosition told)
{
    private readonly Lock _lock = new();
    private (DateTimeOffset Wall, TimeSpan Now) _heard = (clock.Wall, clock.Now);
    private DateTimeOffset? _lastAck;
    private DateTimeOffset? _lastReport;
    private string? _trouble;
    private EventPosition _told = told;

    /// <summary>Rung with each ack.</summary>
    public ChangeBell Acks { get; } = new();

    public DateTimeOffset? LastAck
    {
        get
        {
            lock (_lock)
            {
                return _lastAck;
            }
        }
    }

    public DateTimeOffset? LastReport
    {
        get
        {
            lock (_lock)
            {
                return _lastReport;
            }
        }
    }

    /// <summary>Why the last report could not be sent; null when it was.</summary>
    public string? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _trouble;
            }
        }
    }

    /// <summary>The last event that was told: the monitor can have none that is newer.</summary>
    public EventPosition Told
    {
        get
        {
            lock (_lock)
            {
                return _told;
            }
        }
    }

    /// <summary>Before it is sent: it may arrive whatever becomes of the sending.</summary>
    public void Tells(EventPosition through)
    {
        lock (_lock)
        {
            _told = through > _told ? through : _told;
        }
    }

    /// <summary>When the monitor was last heard, else when the connection began: by the wall, and for how long that is by now.</summary>
    public (DateTimeOffset Since, TimeSpan For) Silence()
    {
        lock (_lock)
        {
            return (_heard.Wall, clock.Now - _heard.Now);
        }
    }

    public void Acked()
    {
        lock (_lock)
        {
            _lastAck = clock.Wall;
            _heard = (clock.Wall, clock.Now);
        }

        Acks.Ring();
    }

    /// <param name="trouble">Null when it was accepted.</param>
    /// <returns>Whether that is another trouble than before.</returns>
    public bool Reported(string? trouble)
    {
        lock (_lock)
        {
            var news = trouble is not null != _trouble is not null;
            (_trouble, _lastReport) = (trouble, trouble is null ? clock.Wall : _lastReport);
            return news;
        }
    }
}
