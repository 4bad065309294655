using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary><c>event</c>: from an event on the host to its row in the monitor's store.</summary>
internal sealed class EventBench(EventOptions options, RunFolder folder)
{
    private const string Method = """
        The published agent with its children, enrolled with the published standalone monitor, both with their defaults: events travel in signed reports
        over the embedded broker on loopback. A child is killed (kill -9 through a pidfd); the event is the agent's own "exited" of that process, and its time the one that
        the agent gave it. Debian's sqlite3 looks for that event's row in the monitor's database every millisecond: stored is what another process can read. The
        agent waits 100 ms for what happens together before it reports, and 1 s between two reports of more than 16 KiB, which is many events: both are part of
        the figure. Kills come at random 0.3 to 0.9 s apart, or as far apart as one child's gap needs.
        """;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    private readonly Nursery nursery = new(folder, ChildKind.StandIn);
    private readonly List<EventSample> samples = [];

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        await nursery.PrepareAsync(cancellation);
        var agent = options.Programs.MakeAgent(folder, new Dictionary<string, string>());
        await using var monitor = new StandaloneMonitor(folder.New("monitor"), options.Monitor, new FreePorts());
        await monitor.StartAsync([], new Dictionary<string, string>(), cancellation);
        await using var stand = new Stand(agent, nursery.Make("node", options.Children), control: null);
        await stand.StartAsync(cancellation);
        await agent.EnrolAsync(monitor, cancellation);
        await using var state = new StateReader(monitor.StateFile);
        await WaitUntilKnownAsync(state, cancellation);

        var load = new MachineLoad();
        await KillAllAsync(stand, state, cancellation);
        return Report(stand, load.BusyPercent());
    }

    private async Task WaitUntilKnownAsync(StateReader state, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var all = Text($"{options.Children}");
        while (await state.ValueAsync("(SELECT count(*) FROM MoneroState WHERE Key LIKE 'n|bench.%' AND Worked = 1)", cancellation) != all)
        {
            if (TimeProvider.System.GetElapsedTime(began) > StartPatience)
            {
                throw new BenchException("the monitor does not know all nodes as working");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }

        // What is killed before it has been ready for 10 s comes back later and later.
        await Task.Delay(options.Gap, TimeProvider.System, cancellation);
    }

    private async Task KillAllAsync(Stand stand, StateReader state, CancellationToken cancellation)
    {
        var last = new Dictionary<string, long>();
        for (var kill = 0; kill < options.Kills; kill++)
        {
            var child = stand.Children[kill % options.Children];
            var rest = last.TryGetValue(child.Name, out var before) ? options.Gap - TimeProvider.System.GetElapsedTime(before) : TimeSpan.Zero;
            var apart = TimeSpan.FromMilliseconds(Random.Shared.Next(300, 900));
            await Task.Delay(rest > apart ? rest : apart, TimeProvider.System, cancellation);
            samples.Add(await KillAsync(kill, stand, child, state, cancellation));
            last[child.Name] = TimeProvider.System.GetTimestamp();
        }
    }

    private static async Task<EventSample> KillAsync(int kill, Stand stand, ChildSpec child, StateReader state, CancellationToken cancellation)
    {
        var shard = await state.ValueAsync($"(SELECT Shard FROM MoneroState WHERE Key = 'n|bench.{child.Name}')", cancellation);
        var pid = stand.Pids()[child.Port];
        var history = $"(SELECT Doc ->> '$.at' FROM MoneroState WHERE Shard = {shard} AND Key > 'h|bench.{child.Name}|' AND Key < 'h|bench.{child.Name}}}' " +
            Text($"AND Doc ->> '$.fact.kind' = 'exited' AND Doc ->> '$.fact.pid' = {pid})");
        var descriptor = Libc.OpenProcess(pid);
        var killed = TimeProvider.System.GetUtcNow();
        Libc.Signal(descriptor, Libc.Sigkill);
        Libc.Close(descriptor);
        while (TimeProvider.System.GetUtcNow() - killed < Patience)
        {
            if (await state.ValueAsync(history, cancellation) is { Length: > 0 } at)
            {
                var stored = TimeProvider.System.GetUtcNow();
                var happened = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
                return new EventSample(
                    kill, child.Name, Math.Round((happened - killed).TotalMilliseconds, 3), Math.Round((stored - happened).TotalMilliseconds, 3));
            }

            await Task.Delay(Look, TimeProvider.System, cancellation);
        }

        return new EventSample(kill, child.Name, null, null);
    }

    private BenchResult Report(Stand stand, double busyPercent)
    {
        var seen = new Distribution(samples.Select(s => s.SeenAfterMilliseconds ?? double.PositiveInfinity));
        var stored = new Distribution(samples.Select(s => s.StoredAfterMilliseconds ?? double.PositiveInfinity));
        var table = new MarkdownTable("ms", "n", "p50", "p95", "p99", "max");
        foreach (var (what, figures) in new[] { ("kill -9 to the event on the host", seen), ("the event to its row in the store", stored) })
        {
            table.Row(
                what, Text($"{figures.Count}"), Distribution.Text(figures.P50), Distribution.Text(figures.P95), Distribution.Text(figures.P99), Distribution.Text(figures.Max));
        }

        return new BenchResult
        {
            Name = "event",
            Method = Method,
            MachineBusyPercent = busyPercent,
            Versions = new Dictionary<string, string> { [stand.Name] = stand.Version },
            Settings = new Dictionary<string, string>
            {
                ["children"] = Text($"{options.Children} (StandIn)"),
                ["kills"] = Text($"{options.Kills}"),
                ["least time between two kills of one child"] = Text($"{options.Gap.TotalSeconds:0} s"),
            },
            RawText = string.Join(' ', samples.Select(s => Text($"{s.SeenAfterMilliseconds:0.0}+{s.StoredAfterMilliseconds:0.0}"))),
            Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListEventSample)!,
            Table = table.ToString(),
            Faults = [.. samples.Where(s => s.StoredAfterMilliseconds is null).Select(s => Text($"kill {s.Kill} of {s.Child}: its event was not stored within {Patience.TotalSeconds:0} s"))],
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
