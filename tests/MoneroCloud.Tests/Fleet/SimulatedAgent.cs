using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>An agent as the monitor knows it: events numbered without gaps, observations, reports of what was not acked.</summary>
internal sealed class SimulatedAgent
{
    private readonly List<NodeEvent> _events = [];
    private long _report;
    private long _told;
    private int _pids = 1000;

    public SimulatedAgent(NodeName name, DateTimeOffset now, params string[] nodes)
    {
        (Name, Now) = (name, now);
        Nodes = [.. nodes.Select(n => new SimulatedNode(this, NodeName.Parse(n)))];
    }

    public NodeName Name { get; }

    /// <summary>Its own clock.</summary>
    public DateTimeOffset Now { get; set; }

    public List<SimulatedNode> Nodes { get; }

    public SimulatedNode Node => Nodes[0];

    public long Epoch { get; private set; } = 1;

    /// <summary>Which start of the agent it is: its observations are numbered on above those of the lives before.</summary>
    public long Life { get; private set; } = 1;

    /// <summary>Everything up to here is known to be stored.</summary>
    public long Acked { get; private set; }

    public EventPosition Position => new(Epoch, _events.Count);

    public int NextPid() => ++_pids;

    public EventPosition Add(NodeName? node, NodeFact fact)
    {
        _events.Add(new NodeEvent(Epoch, _events.Count + 1, node, Now, fact));
        return Position;
    }

    /// <summary>All that was not acked, at most so many events; the state of this moment.</summary>
    public Report Report(int mostEvents = int.MaxValue, long? after = null)
    {
        var events = _events.Skip((int)(after ?? Acked)).Take(mostEvents).ToImmutableArray();
        _told = Math.Max(_told, events is [.., var last] ? last.N : 0);
        return new Report
        {
            Agent = Name,
            Epoch = Epoch,
            Number = ++_report,
            At = Now,
            Version = "0.1.0",
            PeriodSeconds = 60,
            Names = [.. Nodes.Select(n => n.Name)],
            Nodes = [.. Nodes.Select(n => n.Reported())],
            Events = events,
            More = (after ?? Acked) + events.Length < _events.Count,
        };
    }

    public void TakeAcks(IEnumerable<Ack> acks) => Acked = acks.Where(a => a.Epoch == Epoch).Select(a => a.N).Append(Acked).Max();

    /// <summary>The journal is gone, and all events in it.</summary>
    public void LoseJournal()
    {
        (Epoch, Acked, _report) = (Epoch + 1, 0, 0);
        _events.Clear();
        Restart();
    }

    /// <summary>Its host is restored from a snapshot, in which there were only the first events, all of them acked.</summary>
    public void RollBack(int events)
    {
        _events.RemoveRange(events, _events.Count - events);
        (Acked, _told, _report) = (events, events, 0);
    }

    /// <summary>What a real agent makes of an ack: one of more than it has told is of a life that it does not know, and it numbers anew what waits.</summary>
    public void Obey(Ack ack)
    {
        if (ack.Epoch < Epoch || (ack.Epoch == Epoch && ack.N <= _told))
        {
            TakeAcks([ack]);
            return;
        }

        var pending = _events.Skip((int)Acked).ToArray();
        (Epoch, Acked, _told, _report) = (ack.Epoch + 1, 0, 0, 0);
        _events.Clear();
        _events.AddRange(pending.Select((e, i) => e with { Epoch = Epoch, N = i + 1 }));
    }

    /// <summary>The agent's process ends and begins anew; its nodes' processes live on.</summary>
    public void Restart()
    {
        Life++;
        foreach (var node in Nodes)
        {
            node.Adopt();
        }
    }
}
