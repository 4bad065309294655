using MoneroCloud.Agent;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>What the agent's gatherer would have seen of a story: its order of looking, its deadlines, its own work meter and stop timer.</summary>
internal sealed class SimulatedLooks
{
    private static readonly ProcessIdentity Identity = new("9d1c1b0e-0000-4000-8000-000000000000", 812, 4711, null);

    private readonly Story _story;
    private readonly VirtualTime _time;
    private readonly Random _random;
    private readonly WorkMeter _work;
    private readonly StoppedTimer _stops;
    private readonly List<long> _stuck = [];
    private bool _connected;
    private int? _version;
    private int _number;

    public SimulatedLooks(Story story, VirtualTime time, AgentClock clock, Random random)
    {
        (_story, _time, _random) = (story, time, random);
        _work = new WorkMeter(clock);
        _stops = new StoppedTimer(time);
        _work.Begin(TimeSpan.FromMilliseconds(story.Parts[0].CpuAt(0)), story.Parts[0].LogAt(0), TimeSpan.Zero);
    }

    /// <summary>When a look that begins now ends, and what it is answered.</summary>
    /// <param name="deadline">Of one call, in milliseconds.</param>
    public (long End, ApiAnswer Answer) Begin(long deadline)
    {
        var now = _time.Now;
        var part = _story.PartAt(now);
        var facts = Facts(now);
        if (_story.LostLooks > 0 && _random.NextDouble() < _story.LostLooks)
        {
            return (now, new ApiAnswer.OwnFailure("a lost look"));
        }

        if (facts.Run is "T" or "t")
        {
            return (now, new ApiAnswer.NotAsked());
        }

        if (facts.Queue is null)
        {
            return (now + 1, new ApiAnswer.Refused());
        }

        _work.Ask(TimeSpan.FromMilliseconds(part.CpuAt(now)), part.LogAt(now));

        // get_version, then get_height: each has the deadline.
        var version = _story.Answered(now);
        if (version is not { } first || first > now + deadline)
        {
            return GiveUp(now, now + deadline);
        }

        var height = _story.Answered(first + 1);
        _connected = true;
        return height is { } second && second <= first + 1 + deadline
            ? (second + 1, new ApiAnswer.Answered(_story.Version, TimeSpan.FromMilliseconds(second - now), new WalletAnswer.Open(1)))
            : GiveUp(first + 1, first + 1 + deadline);
    }

    /// <summary>The evidence at the look's end.</summary>
    public NodeEvidence End(long begun, ApiAnswer answer)
    {
        var now = _time.Now;
        var silent = ApiSigns.IsSilent(answer);
        var facts = Facts(silent ? now : begun);
        var part = _story.PartAt(now);
        var evidence = new NodeEvidence
        {
            Kind = NodeKind.WalletRpc,
            At = _time.GetUtcNow(),
            Number = new ObservationNumber(1, ++_number),
            WalletDeclared = true,
            WalletFileMode = _story.WalletFileMode,
            LastVersion = _version,
            Process = _stops.Track(new ProcessSighting.Alive
            {
                Identity = Identity,
                RunState = RunState(facts.Run),
                Age = _story.Age + TimeSpan.FromMilliseconds(now),
                WaitChannel = silent ? part.WaitsIn ?? Told(facts.Wait) : null,
            }),
            Port = facts.Queue is null ? new PortSighting.Nobody() : new PortSighting.Own(Queue(silent ? now : begun)),
            Api = answer,
            Daemon = _story.Daemon,
            DaemonLink = silent ? DaemonLinks.Of(Story.Links(part, now)) : new DaemonLinkSighting.NotLooked(),
            Lock = new LockSighting.Declared(),
        };
        _version = (answer as ApiAnswer.Answered)?.Version ?? _version;
        var (work, chain) = _work.Measure(TimeSpan.FromMilliseconds(part.CpuAt(now)), part.LogAt(now), evidence);
        return evidence with { Work = work, Chain = chain };
    }

    /// <summary>None of the recorded wallets stood at a lock whose holder waited too, and of others the agent says nothing.</summary>
    private static string? Told(string? channel) => channel?.StartsWith("futex", StringComparison.Ordinal) == true ? null : channel;

    private Testing.TraceSample Facts(long at)
    {
        var part = _story.PartAt(at);
        return part.Piece.At(part.Local(at));
    }

    private (long End, ApiAnswer Answer) GiveUp(long asked, long end)
    {
        // On the connection that was kept it waits behind the accept queue, not in it.
        if (!_connected)
        {
            _stuck.Add(asked);
        }

        _connected = false;
        return (end, new ApiAnswer.TimedOut(TimeSpan.FromMilliseconds(end - asked)));
    }

    private int Queue(long now)
    {
        _stuck.RemoveAll(asked => _story.Answered(asked) is { } served && served <= now);
        return _stuck.Count + (_story.Answered(now) == now ? 0 : _story.Others);
    }

    private static ProcessRunState RunState(string letter) => letter switch
    {
        "R" => ProcessRunState.Running,
        "S" => ProcessRunState.Sleeping,
        "D" => ProcessRunState.DiskSleep,
        "T" or "t" => ProcessRunState.Stopped,
        _ => ProcessRunState.Other,
    };
}
