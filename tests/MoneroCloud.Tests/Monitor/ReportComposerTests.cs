using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ReportComposerTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void However_much_there_is_to_tell_every_report_is_within_the_bound_and_together_they_tell_all_nodes() => Gen
        .Select(Gen.Int[0, 300], Gen.Int[0, 2000], Gen.Int[0, 3000], Gen.Int[0, 300])
        .Sample(
            (nodes, labels, events, text) =>
            {
                var reports = Compose(Enumerable.Range(0, nodes).Select(n => State(n, labels, afterEvent: 0)), Read(events, text));

                Assert.All(reports, r => Assert.InRange(Bytes(r with { Number = long.MaxValue }), 1, Report.MaxBytes));
                Assert.Equal(Enumerable.Range(0, nodes).Select(Name), reports.SelectMany(r => r.Nodes).Select(n => n.Inventory.Name));
                Assert.All(reports, r => Assert.Equal(reports[0].Events, r.Events));
                Assert.Equal(reports[0].Events.Length < events, reports[0].More);
                Assert.Equal(Enumerable.Range(1, reports[0].Events.Length).Select(n => (long)n), reports[0].Events.Select(e => e.N));
            },
            iter: 40,
            threads: 1);

    [Fact]
    public void What_fits_is_told_in_one()
    {
        var report = Assert.Single(Compose([State(0, 0, afterEvent: 5)], Read(5, 10)));
        Assert.Equal((1, 5, false), (report.Nodes.Length, report.Events.Length, report.More));
        Assert.NotNull(report.Nodes[0].Seen);
    }

    [Fact]
    public void Without_nodes_and_events_there_is_a_report_all_the_same() => Assert.Empty(Assert.Single(Compose([], Read(0, 0))).Nodes);

    [Fact]
    public void Events_fill_what_the_nodes_leave()
    {
        var one = Compose([State(0, 0, afterEvent: 0)], Read(3000, 200))[0];
        Assert.InRange(Bytes(one), Report.MaxBytes - 1000, Report.MaxBytes);
        Assert.True(one.More);
    }

    [Fact]
    public void A_state_waits_for_the_events_that_it_follows()
    {
        var reports = Compose([State(0, 0, afterEvent: 3000), State(1, 0, afterEvent: 10)], Read(3000, 200));
        Assert.Equal([null, 10L], reports.SelectMany(r => r.Nodes).Select(n => n.Seen?.AfterEvent));
    }

    [Fact]
    public void A_state_that_was_numbered_in_another_epoch_is_left_out()
    {
        var state = State(0, 0, afterEvent: 0);
        Assert.Null(Compose([state with { Seen = state.Seen! with { Epoch = 2 } }], Read(1, 1))[0].Nodes[0].Seen);
    }

    private static ImmutableArray<Report> Compose(IEnumerable<ReportedState> states, SpoolRead read)
    {
        var all = states.ToArray();
        var head = new Report
        {
            Agent = NodeName.Parse("host"),
            Epoch = 1,
            Number = 0,
            At = At,
            Version = "1.0.0",
            PeriodSeconds = 60,
            Names = [.. all.Select(s => s.Node.Inventory.Name)],
            Nodes = [],
            Events = [],
        };
        return [.. ReportComposer.Compose(head, all, read)];
    }

    private static ReportedState State(int n, int labels, long afterEvent) => new(
        new ReportedNode
        {
            Inventory = new NodeInventory
            {
                Name = Name(n),
                Kind = NodeKind.WalletRpc,
                Port = 18210,
                Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", new string('ä', labels / 6)),
            },
        },
        new EpochSighting(1, new ObservedEvidence(n, At, afterEvent, VerdictRow.Begin(Condition.Healthy, At), new HostEvidence())));

    private static SpoolRead Read(int events, int text) => new(
        new EventPosition(1, 0),
        [.. Enumerable.Range(1, events).Select(n => new NodeEvent(1, n, Name(n % 7), At, new NodeFact.SpawnFailed(new string('x', text))))],
        More: false);

    private static NodeName Name(int n) => NodeName.Parse($"node-{n}");

    private static int Bytes(Report report) => JsonSerializer.SerializeToUtf8Bytes(report, CoreJson.Default.Report).Length;
}
