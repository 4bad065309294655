using System.Collections.Immutable;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>The recorded traces of tests/traces, cut into what stories are made of.</summary>
internal static class RecordedTraces
{
    /// <summary>A recorded refresh that was deaf for less says little.</summary>
    private const long Shortest = 3_000;

    private static readonly Lazy<ImmutableDictionary<string, Trace>> Loaded = new(() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "traces"), $"*{Trace.Ending}").Select(Trace.Read).ToImmutableDictionary(t => t.Header.Trace));

    public static IEnumerable<string> Names => Loaded.Value.Keys.Order();

    public static RecordedPiece Idle { get; } = Whole("idle");

    /// <summary>A wallet at work on its refresh: computing, waiting for an answer, receiving one slowly.</summary>
    public static ImmutableArray<RecordedPiece> Syncs { get; } =
        [.. new[] { "sync", "sync-delayed", "sync-trickle", "rescan" }.SelectMany(name => DeafPieces(name, Shortest))];

    /// <summary>In the middle of an answer of the daemon nothing comes any more.</summary>
    public static RecordedPiece Stalled { get; } = Between("sync-stalled", "the daemon falls silent", "the daemon goes on");

    /// <summary>A whole request to a daemon that does not answer: until the wallet gives up.</summary>
    public static ImmutableArray<RecordedPiece> DaemonHung { get; } = DeafPieces("daemon-hung", 150_000);

    public static ImmutableArray<RecordedPiece> DaemonUnreachable { get; } = DeafPieces("daemon-unreachable", 60_000);

    public static ImmutableArray<RecordedPiece> OpenWallet { get; } = DeafPieces("open-wallet", Shortest);

    public static RecordedPiece Hang(HangKind kind) => kind switch
    {
        HangKind.Stopped => Between("hang-stopped", "it hangs", null),
        HangKind.OutputBlocked => DeafPieces("hang-pipe", Shortest).Last(),
        _ => Between("hang-deadlocked", "it hangs", null),
    };

    public static Trace Of(string name) => Loaded.Value[name];

    /// <summary>The end of a recording.</summary>
    public static long End(Trace trace) => trace.Lines.Max(l => l.T);

    public static RecordedPiece Whole(string name) => new(Of(name), 0, End(Of(name)));

    private static RecordedPiece Between(string name, string from, string? to)
    {
        var trace = Of(name);
        return new(trace, Mark(trace, from), to is null ? End(trace) : Mark(trace, to));
    }

    private static long Mark(Trace trace, string mark) => trace.Lines.First(l => l.Mark == mark).T;

    private static ImmutableArray<RecordedPiece> DeafPieces(string name, long shortest)
    {
        var trace = Of(name);
        return [.. RecordedPiece.DeafTimes(trace).Select(d => (d.From, To: Math.Min(d.To, End(trace)))).Where(d => d.To - d.From >= shortest)
            .Select(d => new RecordedPiece(trace, d.From, d.To))];
    }
}
