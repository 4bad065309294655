using CsCheck;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Counts from totals and rows of what is not Up are the counts of all nodes.</summary>
public sealed class FleetCountsTests
{
    private static readonly string[] Agents = ["one", "two", "three", "remote"];

    private static readonly Gen<(int Agent, HealthState State, bool Available)> AnyNode =
        Gen.Select(Gen.Int[0, Agents.Length - 1], Gen.Enum<HealthState>(), Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false))));

    [Fact]
    public void Counts_are_those_of_all_nodes_read_one_by_one() => Gen.Select(AnyNode.List[0, 60], Gen.Int[0, 7]).Sample(
        (nodes, silence) =>
        {
            var records = nodes.Select((n, i) => StoredFleet.Node($"{Agents[n.Agent]}.n{i}", n.State) with { Available = n.Available }).ToList();
            var silent = Agents.Take(3).Where((_, i) => (silence & (1 << i)) != 0).ToHashSet();

            var counted = FleetCounts.Of(Totals(records), [.. Rows(records), .. silent.Select(a => Silent(a, records))], truncated: false);

            Assert.Equal(Naive(records, silent), counted.Counts);
        },
        iter: 2_000);

    [Fact]
    public void A_node_of_a_silent_agent_counts_once_and_as_unknown_whatever_its_own_row_says()
    {
        var records = new[] { StoredFleet.Node("one.a", HealthState.Down), StoredFleet.Node("one.b"), StoredFleet.Node("one.c", HealthState.Disabled), StoredFleet.Node("two.d", HealthState.Degraded) };

        var counted = FleetCounts.Of(Totals(records), [.. Rows(records), Silent("one", records)], truncated: false);

        Assert.Equal(new NodeCounts(Working: 1, Degraded: 1, Failed: 0, Unknown: 2), counted.Counts);
        Assert.Equal(ApiSetup.Noon, counted.UnknownSince);
    }

    [Fact]
    public void A_silent_agent_without_nodes_says_nothing() =>
        Assert.Null(FleetCounts.Of(Totals([]), [Silent("one", [])], truncated: false).UnknownSince);

    [Fact]
    public void A_node_that_came_this_moment_does_not_make_a_count_negative()
    {
        var record = StoredFleet.Node("one.a", HealthState.Unknown);

        Assert.Equal(new NodeCounts(0, 0, 0, 1), FleetCounts.Of(Totals([]), Rows([record]), truncated: false).Counts);
    }

    [Fact]
    public void The_oldest_tick_counts_and_a_shard_without_one_leaves_none()
    {
        var summaries = Enumerable.Range(0, 16).Select(i => new ShardSummary { TickedAt = ApiSetup.Noon.AddSeconds(i) }).ToList<ShardSummary?>();
        Assert.Equal(ApiSetup.Noon, FleetCounts.Of(summaries, [], truncated: false).TickedAt);

        summaries[7] = new ShardSummary();
        Assert.Null(FleetCounts.Of(summaries, [], truncated: false).TickedAt);

        summaries[7] = null;
        Assert.Null(FleetCounts.Of(summaries, [], truncated: false).TickedAt);
    }

    private static List<ShardSummary?> Totals(IReadOnlyCollection<NodeRecord> records) =>
        [.. Shard.All.Select(s => records.Count(r => Keys.Node(r.Id).Shard == s) is var total and > 0 ? new ShardSummary { Total = total } : null)];

    /// <summary>By the code that writes them.</summary>
    private static List<NotUpRow> Rows(IEnumerable<NodeRecord> records) =>
    [
        .. records.SelectMany(r => new NodeRows(AlertRules.Default, new MonitorPolicy().SilentAfter).Of(new Stored<NodeRecord>(r, null), NodeChange.None(r), null, [], ApiSetup.Noon))
            .Select(c => c.Written).OfType<Row>().Where(r => r.Key.Key.StartsWith(Keys.NotUp, StringComparison.Ordinal))
            .Select(r => new NotUpRow(r.Key.Key[Keys.NotUp.Length..], Documents.Read(r, MonitorJson.Default.NotUp).Value)),
    ];

    private static NotUpRow Silent(string agent, IEnumerable<NodeRecord> records) => new(agent, new NotUp
    {
        State = HealthState.Unknown,
        Since = ApiSetup.Noon,
        Agent = true,
        Nodes = records.Count(r => r.Id.Agent.ToString() == agent && r.CountedState() != HealthState.Disabled),
    });

    private static NodeCounts Naive(IEnumerable<NodeRecord> records, HashSet<string> silent) => NodeCounts.Of(records.Select(r =>
        r.CountedState() == HealthState.Disabled ? HealthState.Disabled
        : silent.Contains(r.Id.Agent.ToString()) ? HealthState.Unknown
        : r.CountedState()));
}
