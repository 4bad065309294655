using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Very many nodes fail at one moment.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int NodesEach = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_nodes_that_fail_at_once_are_a_few_messages_and_none_is_left_out()
    {
        using var rig = new MonitorRig();
        var told = await FailAsync(rig, agents: 20);

        output.WriteLine($"1,000 nodes: {told.Count} messages of {string.Join(", ", told.Select(n => n.Items.Length))} alerts");
        Assert.InRange(told.Count, 2, 6);
    }

    [Fact]
    public async Task A_channel_gets_no_more_messages_a_minute_than_it_takes_and_the_rest_later()
    {
        using var rig = new MonitorRig(policy: new MonitorPolicy
        {
            Rules = AlertRules.Default with { GroupMost = 10 },
            ChannelLimits = ImmutableDictionary<string, int>.Empty.Add("log", 30),
        });
        var times = new List<DateTimeOffset>();
        rig.Notifier.Answer = _ =>
        {
            times.Add(rig.Time.GetUtcNow());
            return new Notified.Delivered("kept");
        };
        var told = await FailAsync(rig, agents: 20);

        Assert.Equal(100, told.Count);
        var most = times.Max(t => times.Count(u => u >= t && u < t.AddMinutes(1)));
        output.WriteLine($"100 messages in {(times[^1] - times[0]).TotalMinutes:f1} min, at most {most} in any minute");
        Assert.InRange(most, 20, 30);
    }

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Ten_thousand_nodes_that_fail_at_once_on_the_standalone_monitors_own_store()
    {
        var file = Path.Combine(TestRun.NewFolder("flood"), "state.db");
        await using var table = new SqliteTable(file, new TableOptions(), TimeProvider.System);
        await table.PrepareAsync(Cancellation);
        using var rig = new MonitorRig(table);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (began, failed) = (TimeProvider.System.GetTimestamp(), rig.Time.GetUtcNow());
        var told = await FailAsync(rig, agents: 200, () => (began, failed) = (TimeProvider.System.GetTimestamp(), rig.Time.GetUtcNow()));
        var took = TimeProvider.System.GetElapsedTime(began);

        output.WriteLine($"10,000 nodes: {told.Count} messages of {string.Join(", ", told.Select(n => n.Items.Length))} alerts, the last {(told.Max(n => n.At) - failed).TotalSeconds:f0} s after the first report by the monitor's clock, in which nothing takes time; {took.TotalSeconds:f1} s of work; "
            + $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1_048_576.0:f0} MiB more on the heap, most {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576} MiB in all (tests included)");
        Assert.InRange(told.Count, 10, 60);
    }

    /// <summary>All nodes of all agents fail at one moment, for good. Each alert is in exactly one message.</summary>
    private static async Task<List<Notice>> FailAsync(MonitorRig rig, int agents, Action? now = null)
    {
        var fleet = Enumerable.Range(0, agents).Select(a => new SimulatedAgent(NodeName.Parse($"host-{a}"), Given.Now, [.. Enumerable.Range(0, NodesEach).Select(n => $"node-{n}")])).ToList();
        await rig.EnrolAsync([.. fleet.Select(a => a.Name)]);
        foreach (var agent in fleet)
        {
            agent.Nodes.ForEach(n => { n.Healthy(); n.Healthy(); });
            Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(agent));
        }

        now?.Invoke();
        foreach (var agent in fleet)
        {
            agent.Nodes.ForEach(n => { n.Kill(); n.OpenBreaker(); });
            Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(agent));
        }

        await rig.DeliverAsync();
        for (var rounds = 0; rounds < 80 && (await rig.RowsAsync(Keys.Outbox)).Count > 0; rounds++)
        {
            await rig.PassAsync(TimeSpan.FromSeconds(15));
        }

        var downs = rig.Notifier.Sent.Where(s => s.Alert.Kind == AlertKind.Down).Select(s => s.Alert.Subject).ToList();
        Assert.Equal(agents * NodesEach, downs.Count);
        Assert.Equal(agents * NodesEach, downs.Distinct().Count());
        return [.. rig.Notifier.Notices];
    }
}
