using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>Writes one story, part after part; all that is left to chance comes from its seed.</summary>
internal sealed class StoryWriter
{
    private readonly List<StoryPart> _parts = [];
    private readonly List<(long From, long To)> _deaf = [];
    private readonly Random _random;
    private readonly bool _logs;
    private readonly double _work;

    public StoryWriter(int seed)
    {
        _random = new Random(seed);
        _logs = _random.Next(3) == 0;
        _work = Between(0.5, 2);
    }

    public long Now { get; private set; }

    public long? HangsAt { get; private set; }

    /// <summary>From a range, every factor as likely as any other.</summary>
    public double Scaled(double from, double to) => from * Math.Pow(to / from, _random.NextDouble());

    public double Between(double from, double to) => from + (_random.NextDouble() * (to - from));

    public bool Chance(double share) => _random.NextDouble() < share;

    public T OneOf<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    public StoryWriter Idle(double seconds)
    {
        Add(RecordedTraces.Idle, (long)(seconds * 1000), 1, from: (long)Between(0, RecordedTraces.Idle.Length * 0.9));
        return this;
    }

    /// <summary>Deaf, and as recorded; past the recording's end it goes on as it was last.</summary>
    public StoryWriter Deaf(RecordedPiece piece, double seconds)
    {
        var from = Now;
        Add(piece, (long)(seconds * 1000), 1, from: 0);
        _deaf.Add((from, Now));
        return this;
    }

    /// <summary>A refresh of so long, made of pieces of recorded ones, now and then interrupted by a daemon that falls silent.</summary>
    public StoryWriter Sync(VersionClass version, double seconds)
    {
        var (begun, end) = (Now, Now + (long)(seconds * 1000));
        var stalls = new List<(long From, long To)>();
        while (Now < end)
        {
            var piece = OneOf(RecordedTraces.Syncs);
            var stretch = Scaled(0.5, 8);
            var from = (long)Between(0, piece.Length * 0.8);
            Add(piece, Math.Min(end - Now, (long)((piece.Length - from) * stretch)), stretch, from);
            if (Chance(0.03) && Now < end)
            {
                var stall = Now;
                Add(OneOf([RecordedTraces.Stalled, RecordedTraces.Stalled, RecordedTraces.DaemonHung[0]]), (long)(1000 * Scaled(5, 205)), 1, from: 0);
                stalls.Add((stall, Now));
            }
        }

        BeDeaf(version, begun, stalls);
        return this;
    }

    /// <summary>A daemon that does not answer for so long: the wallet waits 210 s, serves some 20 s, and waits again.</summary>
    public StoryWriter DaemonHang(IReadOnlyList<RecordedPiece> cycles, double seconds)
    {
        var end = Now + (long)(seconds * 1000);
        Idle(Between(0, 20));
        while (Now < end)
        {
            var cycle = OneOf(cycles);
            Deaf(cycle, Math.Min(cycle.Length, Math.Max(1000, end - Now)) / 1000.0);
            if (Now < end)
            {
                Idle(Between(0.2, 21));
            }
        }

        return this;
    }

    /// <summary>From here on it hangs.</summary>
    public StoryWriter Hang(HangKind kind, double seconds)
    {
        HangsAt = Now;
        var part = Add(RecordedTraces.Hang(kind), (long)(seconds * 1000), 1, from: 0);
        _parts[^1] = kind switch
        {
            // As a mutex shows; the stand-in sleeps elsewhere. A refresh came within the last 20 s.
            HangKind.Deadlocked => part with { WaitsIn = "futex_do_wait", ReceivedBefore = (long)Between(0, 20_000) },
            HangKind.NeverAccepts => part with { WaitsIn = "do_epoll_wait", Piece = part.Piece.WithoutLinks() },
            _ => part,
        };
        _deaf.Add((HangsAt.Value, long.MaxValue));
        return this;
    }

    public Story End(VersionClass version) => new()
    {
        Parts = [.. _parts],
        Deaf = [.. Joined()],
        Length = Now,
        Version = 0x10000 | version switch { VersionClass.Unchunked => 25, VersionClass.ChunkedStarving => 28, _ => 29 },
        Daemon = OneOf([DaemonSighting.NotKnown, DaemonSighting.Answers, DaemonSighting.Silent]),
        LostLooks = Chance(0.5) ? 0 : Between(0, 0.2),
        Others = Chance(0.5) ? 0 : _random.Next(1, 5),
        HangsAt = HangsAt,
    };

    private StoryPart Add(RecordedPiece piece, long length, double stretch, long from)
    {
        var before = _parts.Count == 0 ? null : _parts[^1];
        var part = new StoryPart(Now, piece.From(from), stretch, _work, _logs) { CpuBefore = before?.CpuAt(Now) ?? 0, LogBefore = before?.LogAt(Now) ?? 0 };
        _parts.Add(part);
        Now += length;
        return part;
    }

    private void BeDeaf(VersionClass version, long begun, List<(long From, long To)> stalls)
    {
        // The first period, or all of it where nothing is let in.
        var from = begun;
        var next = version switch
        {
            VersionClass.Unchunked => Now,
            VersionClass.ChunkedStarving => Chance(0.5) ? Now : begun + (long)(1000 * Scaled(2, 300)),
            _ => begun + (long)Between(500, 20_000),
        };
        var chunk = Scaled(500, 60_000);
        while (next < Now)
        {
            var window = (long)Between(200, 300);
            if (!stalls.Exists(s => next >= s.From && next < s.To) && (version is VersionClass.ChunkedWithWindows || Chance(0.3)))
            {
                _deaf.Add((from, next));
                from = next + window;
            }

            next += window + (long)(chunk * Between(0.5, 2));
        }

        _deaf.Add((from, Math.Max(from, Now)));
    }

    private IEnumerable<(long From, long To)> Joined()
    {
        (long From, long To)? last = null;
        foreach (var deaf in _deaf.Where(d => d.To > d.From).OrderBy(d => d.From))
        {
            if (last is { } open && deaf.From <= open.To)
            {
                last = (open.From, Math.Max(open.To, deaf.To));
                continue;
            }

            if (last is { } done)
            {
                yield return done;
            }

            last = deaf;
        }

        if (last is { } final)
        {
            yield return final;
        }
    }
}
