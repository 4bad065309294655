using System.Collections.Immutable;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ReporterTests
{
    private static readonly BusSend Cut = new BusSend.NotNow("not connected", TimeSpan.Zero);

    [Fact]
    public async Task What_happens_is_reported_at_once_and_what_happens_together_in_one_report()
    {
        await using var agent = new EnrolledAgent().Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);
        var began = agent.Clock.Now;
        agent.Happens(new NodeFact.Exited(1, null, 9, ExitCause.Unknown, false));
        agent.Happens(new NodeFact.Spawned(2));
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 2, TimeSpan.FromMilliseconds(10));

        Assert.InRange(agent.Clock.Now - began, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300));
        Assert.Equal([1, 2], agent.Reports()[1].Events.Select(e => e.N));
        Assert.Equal($"host:1.{agent.Reports()[1].Number}", agent.Bus.Sent.Last().MessageId);
        Assert.Equal(TimeSpan.FromHours(1), agent.Bus.Sent.Last().TimeToLive);
    }

    [Fact]
    public async Task Without_a_change_a_report_goes_out_each_period_and_numbers_rise_across_lives()
    {
        var folder = TestRun.NewFolder("reporter");
        long last;
        await using (var agent = new EnrolledAgent(folder).Begin())
        {
            await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 4, TimeSpan.FromSeconds(1));
            Assert.InRange(agent.Clock.Now, TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(190));
            var numbers = agent.Reports().Select(r => r.Number).ToArray();
            Assert.Equal(numbers.Order().Distinct(), numbers);
            last = numbers[^1];
        }

        await using var next = new EnrolledAgent(folder).Begin();
        await next.PassUntilAsync(() => next.Bus.Sent.Count == 1);
        Assert.True(next.Reports()[0].Number > last);
    }

    [Fact]
    public async Task Events_are_told_again_until_they_are_acked_and_then_no_more()
    {
        await using var agent = new EnrolledAgent().Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);
        agent.Happens(new NodeFact.Spawned(1));
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 2);
        agent.Happens(new NodeFact.Spawned(2));
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 3);
        agent.Bus.Put(agent.Signed(new EventPosition(1, 2)));
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 4, TimeSpan.FromSeconds(1));

        Assert.Equal([0, 1, 2, 0], agent.Reports().Select(r => r.Events.Length));
        Assert.True(agent.Clock.Now > TimeSpan.FromSeconds(60), "an ack alone is no reason to report");
    }

    [Fact]
    public async Task After_an_hour_without_the_bus_and_with_the_clock_set_back_everything_arrives_in_its_order()
    {
        await using var agent = new EnrolledAgent().Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);
        agent.Bus.Refusal = Cut;
        for (var n = 1; n <= 2000; n++)
        {
            agent.Happens(new NodeFact.SpawnFailed(new string('x', 300)));
        }

        await agent.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10));
        Assert.InRange(agent.Bus.Tries, 60, 800);

        // The wall goes back, what is made from here on has earlier times; numbers do not care.
        agent.Wall.SetBackBy = TimeSpan.FromHours(5);
        agent.Happens(new NodeFact.Spawned(2001));
        agent.Bus.Refusal = null;
        var stored = 0L;
        var told = new List<NodeEvent>();
        var seen = agent.Bus.Sent.Count;
        await agent.PassUntilAsync(() =>
        {
            foreach (var report in agent.Bus.Sent.Count > seen ? agent.Reports().Skip(seen) : [])
            {
                seen++;
                told.AddRange(report.Events.Where(e => e.N > stored));
                stored = Math.Max(stored, report.Events.Select(e => e.N).DefaultIfEmpty(0).Max());
                agent.Bus.Put(agent.Signed(new EventPosition(1, stored)));
            }

            return agent.Spool.Pending == 0;
        });
        Assert.Equal(Enumerable.Range(1, 2001).Select(n => (long)n), told.Select(e => e.N));
        Assert.True(told[^1].At < told[0].At);
        Assert.True(agent.Reports().Length > 3 && agent.Reports()[2].More);
    }

    [Fact]
    public async Task While_more_events_wait_the_next_report_comes_with_the_ack_or_after_ten_seconds()
    {
        await using var agent = new EnrolledAgent();
        agent.Attach();
        for (var n = 1; n <= 2000; n++)
        {
            agent.Happens(new NodeFact.SpawnFailed(new string('x', 300)));
        }

        agent.Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);
        agent.Happens(new NodeFact.Spawned(1));
        await agent.PassAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1));
        Assert.Single(agent.Bus.Sent);
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 2, TimeSpan.FromSeconds(1));
        Assert.Equal(agent.Reports()[0].Events, agent.Reports()[1].Events);

        var before = agent.Clock.Now;
        agent.Bus.Put(agent.Signed(new EventPosition(1, agent.Reports()[1].Events[^1].N)));
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 3, TimeSpan.FromMilliseconds(1));
        Assert.InRange(agent.Clock.Now - before, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(agent.Reports()[1].Events[^1].N + 1, agent.Reports()[2].Events[0].N);
    }

    [Fact]
    public async Task A_bus_that_refuses_is_not_pressed_and_supervising_knows_nothing_of_it()
    {
        await using var agent = new EnrolledAgent();
        agent.Bus.Refusal = new BusSend.Refused("amqp:unauthorized-access", "no");
        agent.Begin();
        await agent.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
        Assert.InRange(agent.Bus.Tries, 5, 12);
        Assert.Contains("unauthorized", agent.Status.Trouble, StringComparison.Ordinal);
        agent.Bus.Refusal = null;
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1, TimeSpan.FromSeconds(1));
        Assert.Null(agent.Status.Trouble);
    }

    [Fact]
    public async Task Own_settings_win_over_the_period_that_the_monitor_named()
    {
        await using var agent = new EnrolledAgent();
        agent.Config = agent.Config with { Monitor = new LinkPolicy { ReportPeriod = TimeSpan.FromSeconds(10) } };
        agent.Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 3, TimeSpan.FromSeconds(1));
        Assert.InRange(agent.Clock.Now, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(25));
        Assert.All(agent.Reports(), r => Assert.Equal(10, r.PeriodSeconds));
    }

    [Fact]
    public async Task An_own_period_wins_also_where_it_is_what_others_have_by_default()
    {
        await using var agent = new EnrolledAgent { Wished = TimeSpan.FromSeconds(5) };
        agent.Config = agent.Config with { Monitor = new LinkPolicy { ReportPeriod = TimeSpan.FromSeconds(60) } };
        agent.Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 2, TimeSpan.FromSeconds(1));
        Assert.InRange(agent.Clock.Now, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(65));
        agent.Config = agent.Config with { Monitor = new LinkPolicy() };
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 4, TimeSpan.FromSeconds(1));
        Assert.InRange(agent.Clock.Now, TimeSpan.FromSeconds(65), TimeSpan.FromSeconds(135));
        Assert.Equal([60, 60, 5], agent.Reports()[..2].Append(agent.Reports()[^1]).Select(r => r.PeriodSeconds));
    }

    [Fact]
    public async Task What_happened_just_before_the_end_is_told_before_it()
    {
        await using var agent = new EnrolledAgent().Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);
        agent.Happens(new NodeFact.Exited(1, 0, null, ExitCause.Unknown, true));
        await agent.EndAsync();
        Assert.Equal([1], agent.Reports()[1].Events.Select(e => e.N));
    }

    [Fact]
    public async Task The_end_tells_nothing_twice_and_waits_for_no_bus_that_is_away()
    {
        await using (var quiet = new EnrolledAgent().Begin())
        {
            await quiet.PassUntilAsync(() => quiet.Bus.Sent.Count == 1);
            await quiet.EndAsync();
            Assert.Single(quiet.Bus.Sent);
        }

        await using var agent = new EnrolledAgent().Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);
        agent.Bus.Refusal = Cut;
        agent.Happens(new NodeFact.Spawned(1));
        await agent.PassUntilAsync(() => agent.Bus.Tries == 2, TimeSpan.FromMilliseconds(10));
        var tries = agent.Bus.Tries;
        await agent.EndAsync();
        Assert.Equal((1, tries), (agent.Bus.Sent.Count, agent.Bus.Tries));
        Assert.Equal(1, agent.Spool.Pending);
    }

    [Fact]
    public async Task A_change_is_told_without_the_nodes_that_stay_as_they_are_and_the_regular_report_has_all()
    {
        await using var agent = new EnrolledAgent();
        agent.Attach();
        var row = VerdictRow.Begin(Condition.Healthy, agent.Clock.Wall);
        ReportedState Node(string name, VerdictRow seen, int restarts = 0) => new(
            new ReportedNode { Inventory = new NodeInventory { Name = NodeName.Parse(name), Kind = NodeKind.Daemon, Port = 18081 }, Restarts = restarts },
            new EpochSighting(1, new ObservedEvidence(7, agent.Clock.Wall, 0, seen, new HostEvidence())));
        agent.States = [Node("a", row), Node("b", row), Node("c", row)];
        agent.Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);

        // A row that grows may complete somebody's streak; one that is longer than any says nothing new, nor does a later look.
        var longest = Enumerable.Range(0, VerdictRow.Kept).Aggregate(row, (r, _) => r.Next(agent.Clock.Wall));
        agent.States = [Node("a", row.Next(agent.Clock.Wall)), Node("b", longest), Node("c", row, restarts: 1)];
        agent.Happens(new NodeFact.Spawned(2));
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 2);
        agent.States = [agent.States[0], Node("b", longest.Next(agent.Clock.Wall)), agent.States[2]];
        agent.Happens(new NodeFact.Spawned(3));
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 3);
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 4, TimeSpan.FromSeconds(1));

        Assert.Equal(["abc", "abc", "", "abc"], agent.Reports().Select(r => string.Concat(r.Nodes.Select(n => n.Inventory.Name).Order())));
        Assert.All(agent.Reports(), r => Assert.Equal(3, r.Names.Length));
        Assert.Equal([0, 1, 2, 2], agent.Reports().Select(r => r.Events.Length));
    }

    [Fact]
    public async Task A_report_has_the_inventory_and_what_was_seen()
    {
        await using var agent = new EnrolledAgent();
        agent.Attach();
        var seen = new ObservedEvidence(7, agent.Clock.Wall, 0, VerdictRow.Begin(Condition.Healthy, agent.Clock.Wall), new HostEvidence());
        var node = new ReportedNode { Inventory = new NodeInventory { Name = EnrolledAgent.Main, Kind = NodeKind.Daemon, Port = 18081 } };
        agent.States = [new ReportedState(node, new EpochSighting(1, seen))];
        agent.Begin();
        await agent.PassUntilAsync(() => agent.Bus.Sent.Count == 1);

        var report = agent.Reports()[0];
        Assert.Equal([EnrolledAgent.Main], report.Names);
        Assert.Equal(seen, report.Nodes[0].Seen! with { Evidence = seen.Evidence });
        Assert.Equal(ImmutableArray<NodeEvent>.Empty, report.Events);
    }
}
