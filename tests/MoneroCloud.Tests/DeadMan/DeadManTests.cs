using Microsoft.Extensions.Logging;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What somebody outside hears of the ticks, over real HTTP.</summary>
public sealed class DeadManTests
{
    private const string Taken = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

    private static readonly TriggerCall Timer = new TriggerCall.Timer(false, null);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static DeadManPolicy OnlyEnds(DeadManPolicy policy) => policy with { StartSignal = false };

    [Fact]
    public async Task A_good_tick_is_a_start_and_a_success()
    {
        await using var outside = new Outside(new MonitorRig(), p => p, Play.Once(Taken));

        Assert.IsType<TriggerResult.Done>(await outside.TickAsync(() => TriggerResult.Done.Instance));

        Assert.Equal(["POST /ping/hunter2/start?create=1 HTTP/1.1", "POST /ping/hunter2?create=1 HTTP/1.1"], await outside.HeardAsync(2));
        Assert.Empty(outside.Log.Lines);
    }

    [Fact]
    public async Task Without_the_start_signal_only_the_end_is_told()
    {
        await using var outside = new Outside(new MonitorRig(), OnlyEnds, Play.Once(Taken));

        await outside.TickAsync(() => TriggerResult.Done.Instance);
        await outside.TickAsync(() => TriggerResult.Done.Instance);

        Assert.Equal(["POST /ping/hunter2?create=1 HTTP/1.1", "POST /ping/hunter2?create=1 HTTP/1.1"], await outside.HeardAsync(2));
    }

    [Fact]
    public async Task A_tick_that_failed_is_told_with_its_reason_in_one_line()
    {
        await using var outside = new Outside(new MonitorRig(), p => p, Play.Once(Taken));

        await outside.TickAsync(() => new TriggerResult.Failed("the store is away:\n" + new string('x', 1_000)));

        Assert.Equal("POST /ping/hunter2/fail?create=1 HTTP/1.1", (await outside.HeardAsync(2))[1]);
        var body = outside.Peer.Requests.Last().Body;
        Assert.StartsWith("the store is away: xxx", body, StringComparison.Ordinal);
        Assert.Equal(300, body.Length);
    }

    [Fact]
    public async Task A_tick_that_is_cut_off_or_has_a_fault_is_told_and_goes_on_as_it_would()
    {
        await using var outside = new Outside(new MonitorRig(), OnlyEnds, Play.Once(Taken));

        await Assert.ThrowsAsync<OperationCanceledException>(() => outside.TickAsync(() => Task.FromException<TriggerResult>(new OperationCanceledException())));
        await Assert.ThrowsAsync<InvalidOperationException>(() => outside.TickAsync(() => Task.FromException<TriggerResult>(new InvalidOperationException("hunter3"))));

        await outside.HeardAsync(2);
        Assert.Equal(["the tick did not end in time", "the tick ended with a fault, which is in the monitor's log"], outside.Peer.Requests.Select(r => r.Body));
    }

    /// <summary>The timer sends a message a shard and ends well, whatever becomes of them.</summary>
    [Fact]
    public async Task Shards_that_nobody_probes_are_a_failure_though_the_timer_goes_on_well()
    {
        await using var outside = new Outside(new MonitorRig(), OnlyEnds, Play.Once(Taken));
        await ProbedAsync(outside.Rig, Shard.All);
        outside.Rig.Time.Advance(TimeSpan.FromMinutes(4));
        await outside.TickAsync(() => TriggerResult.Done.Instance);
        Assert.Equal(["POST /ping/hunter2?create=1 HTTP/1.1"], await outside.HeardAsync(1));

        await ProbedAsync(outside.Rig, Shard.All.Skip(3));
        outside.Rig.Time.Advance(TimeSpan.FromSeconds(1));
        await outside.TickAsync(() => TriggerResult.Done.Instance);
        Assert.Equal("POST /ping/hunter2/fail?create=1 HTTP/1.1", (await outside.HeardAsync(2))[1]);
        Assert.Equal("3 of 16 shards have not been probed for 4 periods", outside.Peer.Requests.Last().Body);
    }

    [Fact]
    public async Task A_store_that_is_away_when_freshness_is_looked_at_is_a_failure()
    {
        await using var outside = new Outside(new MonitorRig(new TableOutages(new MemoryTable(), () => true)), OnlyEnds, Play.Once(Taken));

        await outside.TickAsync(() => TriggerResult.Done.Instance);

        Assert.Equal(["POST /ping/hunter2/fail?create=1 HTTP/1.1"], await outside.HeardAsync(1));
    }

    /// <summary>The real tick behind it: the store is away.</summary>
    [Fact]
    public async Task The_probe_timers_own_failure_is_what_is_told()
    {
        await using var outside = new Outside(new MonitorRig(), OnlyEnds, Play.Once(Taken));
        using var monitor = new ProbingMonitor(outside.Rig.NewMonitor() with { Table = new TableOutages(outside.Rig.Table, () => true) });

        var reason = Assert.IsType<TriggerResult.Failed>(await outside.TickAsync(monitor.TickAsync)).Reason;

        await outside.HeardAsync(1);
        Assert.Equal(reason, outside.Peer.Requests.Single().Body);
    }

    /// <summary>None of a hundred ticks waits for an address that takes connections and never answers; when it does, the newest signals are told, the oldest are not.</summary>
    [Fact]
    public async Task An_address_that_hangs_holds_up_no_tick_and_gathers_nothing()
    {
        await using var outside = new Outside(new MonitorRig(), p => p, Play.Hang, Play.Once(Taken));
        for (var i = 0; i < 100; i++)
        {
            await outside.TickAsync(() => TriggerResult.Done.Instance);
        }

        await outside.LoggedAsync("signs of life again");
        await outside.TickAsync(() => new TriggerResult.Failed("last"));
        await Outside.UntilAsync(() => outside.Peer.Requests.LastOrDefault()?.Body == "last");
        Assert.InRange(outside.Peer.Requests.Count, 3, 8); // Of 202: those on their way, at most as many as wait, and the last two.
    }

    [Fact]
    public async Task What_stays_wrong_is_logged_once_and_without_the_address()
    {
        await using var outside = new Outside(new MonitorRig(), p => p, Play.Once("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), Play.Once("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), Play.ResetAfterTheRequest, Play.Once(Taken));
        for (var i = 1; i <= 3; i++)
        {
            await outside.TickAsync(() => TriggerResult.Done.Instance);
            await outside.HeardAsync(2 * i);
        }

        await outside.LoggedAsync("signs of life again");
        Assert.Equal(["HTTP 404", "HttpRequestError", "again"], outside.Log.Lines.Select(l => l.Contains("HTTP 404", StringComparison.Ordinal) ? "HTTP 404" : l.Contains("again", StringComparison.Ordinal) ? "again" : "HttpRequestError"));
        Assert.DoesNotContain(outside.Log.Lines, l => l.Contains("hunter2", StringComparison.Ordinal) || l.Contains($"{outside.Peer.Port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_of_its_own_is_logged_without_the_address_and_ends_nothing()
    {
        await using var outside = new Outside(new MonitorRig { Table = null! }, OnlyEnds, Play.Once(Taken));

        await outside.TickAsync(() => TriggerResult.Done.Instance);
        await outside.LoggedAsync("a fault, NullReferenceException");
        await outside.TickAsync(() => new TriggerResult.Failed("next"));

        Assert.Equal(["POST /ping/hunter2/fail?create=1 HTTP/1.1"], await outside.HeardAsync(1));
    }

    [Fact]
    public async Task Without_an_address_nothing_happens()
    {
        await using var outside = new Outside(new MonitorRig(), p => p, heard: false, Play.Once(Taken));
        Assert.IsType<TriggerResult.Done>(await outside.TickAsync(() => TriggerResult.Done.Instance));
        Assert.Empty(outside.Peer.Requests);
    }

    private static async Task ProbedAsync(MonitorRig rig, IEnumerable<Shard> shards)
    {
        foreach (var shard in shards)
        {
            await Summaries.WriteAsync(rig.Table, shard, s => s with { TickedAt = rig.Time.GetUtcNow() }, Now);
        }
    }

    /// <summary>The one who waits for signs of life, and a monitor that gives them.</summary>
    private sealed class Outside : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly DeadManSwitch _deadMan;
        private readonly Task _telling;

        public Outside(MonitorRig rig, Func<DeadManPolicy, DeadManPolicy> with, params PeerScript[] scripts)
            : this(rig, with, heard: true, scripts)
        {
        }

        public Outside(MonitorRig rig, Func<DeadManPolicy, DeadManPolicy> with, bool heard, params PeerScript[] scripts)
        {
            (Rig, Peer) = (rig, ScriptedHttpPeer.Start(scripts));
            var url = heard ? new Uri($"{Peer.Address}ping/hunter2?create=1") : null;
            _deadMan = new DeadManSwitch(url, with(new DeadManPolicy { Deadline = TimeSpan.FromSeconds(1) }), new StaleShards(rig.NewMonitor()).FindAsync, TimeProvider.System, Log.Factory.CreateLogger<DeadManSwitch>());
            _telling = _deadMan.RunAsync(_stop.Token);
        }

        public MonitorRig Rig { get; }

        public ScriptedHttpPeer Peer { get; }

        public LinesLog Log { get; } = new();

        public Task<TriggerResult> TickAsync(Func<TriggerResult> end) => TickAsync(() => Task.FromResult(end()));

        public Task<TriggerResult> TickAsync(Func<Task<TriggerResult>> tick) => new WatchedTick(new PlannedTrigger(tick), _deadMan).InvokeAsync(Timer, Now);

        /// <summary>The request lines, once there are so many.</summary>
        public async Task<string[]> HeardAsync(int count)
        {
            await UntilAsync(() => Peer.Requests.Count >= count);
            return [.. Peer.Requests.Select(r => r.Head.Split("\r\n")[0])];
        }

        public Task LoggedAsync(string text) => UntilAsync(() => Log.Lines.Any(l => l.Contains(text, StringComparison.Ordinal)));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _telling);
            _deadMan.Dispose();
            await Peer.DisposeAsync();
            Log.Dispose();
            Rig.Dispose();
            _stop.Dispose();
        }

        public static async Task UntilAsync(Func<bool> condition)
        {
            for (var began = TimeProvider.System.GetTimestamp(); !condition();)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(15), "it is not so after 15 s");
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Now);
            }
        }
    }
}
