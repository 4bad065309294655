using Microsoft.Extensions.Logging;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>A node and its past are of one moment, and no more is read for that than has to be.</summary>
public sealed class PastReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_was_just_read_is_not_read_again()
    {
        var table = new AwayTable(new MemoryTable());
        using var past = await PastRig.StartAsync(table);
        await RestartedAsync(past);
        var known = (await past.RecordAsync())!;
        Assert.Equal(HealthState.Up, known.Health.State);
        var (reads, ranges) = (table.Reads, table.Ranges);

        var read = (await ReadAsync(past, known))!;

        // The agent, by this test. Its own history, its agent's silences, the monitor's gaps.
        Assert.Equal((1, 3), (table.Reads - reads, table.Ranges - ranges));
        Assert.Same(known, read.Node);
        Assert.Equal(read.Newest.Entries, (await HistoryAsync(past, table)).Entries);
        Assert.Null(read.Newest.Next);
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("disable")]
    public async Task One_that_has_changed_since_is_read_again(string what)
    {
        using var past = await PastRig.StartAsync();
        await past.WatchAsync(5);
        var known = (await past.RecordAsync())!;
        past.Happens(n =>
        {
            if (what == "kill")
            {
                n.Kill();
            }
            else
            {
                n.Order("disable");
            }
        });
        await past.WatchAsync(2);

        var read = (await ReadAsync(past, known))!;

        Assert.NotSame(known, read.Node);
        Assert.Equal(what == "kill" ? HealthState.Down : HealthState.Disabled, read.Node!.CountedState());
        var (from, to) = (past.Now - TimeSpan.FromMinutes(1), past.Now);
        Assert.Equal(default(StateTimes).With(read.Node.CountedState(), to - from), read.Line.Between(from, to));
    }

    /// <summary>The agent's clock was set back in between: by its time the change is not the newest.</summary>
    [Fact]
    public async Task One_that_has_changed_before_its_present_is_read_again()
    {
        using var past = await PastRig.StartAsync();
        await RestartedAsync(past);
        var known = (await past.RecordAsync())!;
        var before = known.Health.Since - TimeSpan.FromSeconds(20);
        var change = new HistoryEntry { At = before, Place = "1.99", Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, before, "it was ended by signal 9") };
        await past.Rig.Table.HistoryAsync(past.Node.Id.ToString(), change);

        Assert.NotSame(known, (await ReadAsync(past, known))!.Node);
    }

    [Fact]
    public async Task Of_one_without_a_change_the_node_is_read_after_its_history()
    {
        using var past = await PastRig.StartAsync();
        await past.ReportAsync();
        var known = (await past.RecordAsync())! with { Available = false };

        Assert.True((await ReadAsync(past, known))!.Node!.Available);
    }

    [Fact]
    public async Task The_newest_rows_go_on_where_they_end()
    {
        var table = new AwayTable(new MemoryTable());
        using var past = await PastRig.StartAsync(table);
        await past.ReportAsync();
        for (var i = 0; i < 120; i++)
        {
            past.Happens(n => n.Kill());
            await past.TellAsync();
            past.Rig.Time.Advance(TimeSpan.FromSeconds(10));
            past.Happens(n => n.Spawn());
            await past.TellAsync();
            past.Rig.Time.Advance(TimeSpan.FromSeconds(10));
            await past.ReportAsync();
        }

        var newest = (await ReadAsync(past, (await past.RecordAsync())!))!.Newest;

        Assert.Equal(PastReader.MostNewest, newest.Entries.Length);
        var history = new SubjectHistory(table, past.Rig.NewMonitor().Logs.CreateLogger<SubjectHistory>());
        var all = await history.ReadAsync(past.Node.Id.ToString(), null, 10_000, Cancellation);
        var rest = await history.ReadAsync(past.Node.Id.ToString(), HistoryCursor.TryParse(newest.Next!), 10_000, Cancellation);
        Assert.NotEmpty(rest.Entries);
        Assert.Equal(all.Entries, newest.Entries.Concat(rest.Entries));
    }

    private static async Task RestartedAsync(PastRig past)
    {
        await past.WatchAsync(3);
        past.Happens(n => n.Kill());
        await past.WatchAsync(2);
        past.Happens(n => n.Spawn());
        await past.WatchAsync(3);
    }

    private static async Task<NodePast?> ReadAsync(PastRig past, NodeRecord known)
    {
        var monitor = past.Rig.NewMonitor();
        var agent = await past.Rig.AgentAsync(past.Agent.Name);
        return await new PastReader(monitor, new MarkReader(monitor)).ReadAsync(past.Node.Id, new KnownNode(known, Task.FromResult<AgentRecord?>(agent)), past.Now.AddDays(-90), Cancellation);
    }

    private static Task<HistoryView> HistoryAsync(PastRig past, ITable table) =>
        new SubjectHistory(table, past.Rig.NewMonitor().Logs.CreateLogger<SubjectHistory>()).ReadAsync(past.Node.Id.ToString(), null, 200, Cancellation);
}
