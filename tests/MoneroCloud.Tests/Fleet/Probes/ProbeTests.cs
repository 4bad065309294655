using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What the timer does with the nodes that the monitor reaches by itself, over real connections.</summary>
public sealed class ProbeTests
{
    private static readonly NodeId One = ProbeTargets.Id("remote.one");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("an answer", HealthState.Up, Condition.Healthy)]
    [InlineData("a daemon's answer", HealthState.Down, Condition.WrongService)]
    [InlineData("another page", HealthState.Down, Condition.BadAnswer)]
    [InlineData("not found", HealthState.Down, Condition.BadAnswer)]
    [InlineData("no JSON", HealthState.Down, Condition.BadAnswer)]
    [InlineData("a version that is a text", HealthState.Down, Condition.BadAnswer)]
    [InlineData("half of an answer", HealthState.Down, Condition.BadAnswer)]
    [InlineData("bytes", HealthState.Down, Condition.BadAnswer)]
    [InlineData("an error", HealthState.Down, Condition.BadAnswer)]
    [InlineData("a login is asked for", HealthState.Degraded, Condition.AuthRejected)]
    [InlineData("a reset", HealthState.Degraded, Condition.Saturated)]
    [InlineData("nobody", HealthState.Down, Condition.Unresponsive)]
    public async Task Whatever_a_node_answers_its_state_and_its_alert_say_so(string what, HealthState state, Condition condition)
    {
        await using var peer = what == "nobody" ? null : ScriptedHttpPeer.Start(Script(what));
        using var rig = new MonitorRig(policy: new MonitorPolicy().With(ProbeTargets.Remote("one", peer?.Address ?? ProbeTargets.Nobody())));
        using var monitor = new ProbingMonitor(rig.NewMonitor() with { Time = new StoppedTimers(rig.Time) });

        for (var tick = 0; tick < 3; tick++)
        {
            Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());
            rig.Time.Advance(TimeSpan.FromSeconds(60));
        }

        await rig.DeliverAsync();
        var node = (await rig.NodeAsync(One))!;
        Assert.Equal((state, condition), (node.Health.State, node.Health.Condition));
        Assert.Equal(state == HealthState.Up ? [] : [$"remote.one {state}"], rig.Told);
        Assert.Equal(state == HealthState.Up, node.Worked());
    }

    /// <summary>A fleet must not wait for its worst node: with one slot of two it holds up nobody, and no longer than its budget.</summary>
    [Theory]
    [InlineData("never a word")]
    [InlineData("one character at a time")]
    [InlineData("an answer without an end")]
    public async Task A_node_that_hangs_costs_its_budget_and_delays_no_other(string what)
    {
        await using var hung = ScriptedHttpPeer.Start(what switch
        {
            "never a word" => Play.Hang,
            "one character at a time" => Play.Trickle(Play.Answer(Play.VersionJson), TimeSpan.FromMilliseconds(50)),
            _ => Play.Endless("HTTP/1.1 200 Ok\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\n    \r\n"),
        });
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        var names = Enumerable.Range(1, 20).Select(i => $"n{i}").ToArray();
        using var rig = new MonitorRig(policy: (new MonitorPolicy { ProbeConcurrency = 2 }).With([ProbeTargets.Remote("hung", hung.Address), .. names.Select(n => ProbeTargets.Remote(n, peer.Address))]));
        using var monitor = new ProbingMonitor(rig.NewMonitor(), TimeSpan.FromSeconds(2)); // The others have to answer by then, on a busy machine too.

        var begun = TimeProvider.System.GetTimestamp();
        var tick = monitor.TickAsync();
        Assert.True(SpinWait.SpinUntil(() => peer.Requests.Count == names.Length || tick.IsCompleted, 10_000));
        await tick;

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(names.Length, peer.Requests.Count);
        var node = (await rig.NodeAsync(ProbeTargets.Id("remote.hung")))!;
        Assert.IsNotType<ApiAnswer.Answered>(node.Probe!.Answer);
        foreach (var name in names)
        {
            Assert.IsType<ApiAnswer.Answered>((await rig.NodeAsync(ProbeTargets.Id($"remote.{name}")))!.Probe!.Answer);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remote_nodes_come_change_and_go_with_the_configuration(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        var plain = new MonitorPolicy();
        var (one, two) = (ProbeTargets.Remote("one", peer.Address), ProbeTargets.Remote("two", ProbeTargets.Nobody()));
        using var rig = new MonitorRig(tables.Table, plain.With(one, two));
        await TickAsync(rig, 3);
        await rig.DeliverAsync();
        Assert.Equal(["remote.two Down"], rig.Told);
        Assert.Equal((peer.Port, NodeKind.WalletRpc, false), ((await rig.NodeAsync(One))!.Port, (await rig.NodeAsync(One))!.Kind, (await rig.NodeAsync(One))!.WalletDeclared));
        Assert.Equal(new NodeCounts(Working: 1, 0, Failed: 1, 0), (await FleetCountsReader.ReadAsync(rig.Table, Now)).Counts);

        // It is declared otherwise now: what was known of it stays.
        var health = (await rig.NodeAsync(One))!.Health;
        rig.Policy = plain.With(one with { Labels = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("zone", "eu"), Available = false }, two);
        await TickAsync(rig, 1);
        var node = (await rig.NodeAsync(One))!;
        Assert.Equal(("eu", false, health.State, health.Since), (node.Labels!["zone"], node.Available, node.Health.State, node.Health.Since));
        var asked = peer.Connections;
        await TickAsync(rig, 1);
        Assert.Equal(asked, peer.Connections);

        // Nobody declares it any more: its rows go, its history stays until it is old.
        rig.Policy = plain.With(one);
        await TickAsync(rig, 1);
        Assert.Null(await rig.NodeAsync(two.Id));
        Assert.NotEmpty(await rig.HistoryAsync("remote.two"));
        Assert.DoesNotContain(await rig.RowsAsync(Keys.NotUp), r => r.Key.Key.EndsWith("two", StringComparison.Ordinal));
        Assert.Equal(0, (await FleetCountsReader.ReadAsync(rig.Table, Now)).Counts.Failed);

        rig.Policy = plain.With(one, two);
        await TickAsync(rig, 1);
        Assert.Equal(HealthState.Unknown, (await rig.NodeAsync(two.Id))!.Health.State);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_named_and_keeps_no_other_from_being_probed()
    {
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        using var log = new LinesLog();
        using var rig = new MonitorRig(policy: new MonitorPolicy().With(ProbeTargets.Remote("one", peer.Address)));
        var garbage = new RowKey(Keys.Node(One).Shard, "n|remote.garbage");
        await rig.Table.CommitAsync([new RowChange.Insert(new Row { Key = garbage, Doc = "{\"id\":7}" })], Now);
        using var monitor = new ProbingMonitor(rig.NewMonitor() with { Logs = log.Factory });

        Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());

        Assert.IsType<ApiAnswer.Answered>((await rig.NodeAsync(One))!.Probe!.Answer);
        Assert.Equal("{\"id\":7}", (await rig.Table.ReadAsync(garbage, Now))!.Doc);
        Assert.Contains(log.Lines, l => l.Contains($"{garbage}", StringComparison.Ordinal));
    }

    private static async Task TickAsync(MonitorRig rig, int times)
    {
        using var monitor = new ProbingMonitor(rig.NewMonitor() with { Time = new StoppedTimers(rig.Time) });
        for (var i = 0; i < times; i++)
        {
            Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());
            rig.Time.Advance(TimeSpan.FromSeconds(60));
        }
    }

    private static PeerScript Script(string what) => what switch
    {
        "an answer" => Play.Answers(Play.Answer(Play.VersionJson)),
        "a daemon's answer" => Play.Answers(Play.Answer(Play.VersionJson.Replace("65561", "196618", StringComparison.Ordinal))),
        "another page" => Play.Once(Play.Answer("<html>welcome</html>")),
        "not found" => Play.Once(Play.Answer("", "404 Not Found")),
        "no JSON" => Play.Once(Play.Answer("{\"jsonrpc\":")),
        "a version that is a text" => Play.Once(Play.Answer(Play.VersionJson.Replace("65561", "\"65561\"", StringComparison.Ordinal))),
        "half of an answer" => Play.Once("HTTP/1.1 200 Ok\r\nContent-Length: 1000\r\n\r\n{\"jsonrpc\":\"2.0\""),
        "bytes" => Play.Once([0, 255, 13, 10, 0, 1, 2, 3, 13, 10, 13, 10]),
        "an error" => Play.Once(Play.Answer("""{"id":"0","jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"}}""")),
        "a login is asked for" => Play.Once(Play.Answer("", "401 Unauthorized", "WWW-authenticate: Digest qop=\"auth\",algorithm=MD5,realm=\"monero-rpc\",nonce=\"AAAA\",stale=false\r\n")),
        _ => Play.ResetAfterTheRequest,
    };
}
