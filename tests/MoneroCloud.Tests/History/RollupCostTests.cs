using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>What a tick over a large fleet writes when an hour is over: -showLiveOutput prints it.</summary>
public sealed class RollupCostTests
{
    private static readonly DateTimeOffset Evening = new(2026, 1, 15, 21, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Tier", "soak")]
    [InlineData(2_000)]
    public Task Thousands_of_nodes_write_their_hours_in_thirty_ticks_and_in_the_batches_of_their_own_rows(int nodes) => RunAsync(nodes);

    [Fact]
    public Task Hours_are_written_in_many_ticks_and_in_the_batches_of_their_own_rows() => RunAsync(320);

    private static async Task RunAsync(int nodes)
    {
        await using var tables = await TestTables.OpenAsync(sqlite: true);
        var table = new LosingTable(tables.Table, (_, _) => false);
        using var rig = new MonitorRig(table);
        var ids = Enumerable.Range(0, nodes).Select(i => new NodeId(NodeName.Parse(NodeId.Remote), NodeName.Parse($"n{i}"))).ToList();
        rig.Policy = rig.Policy with { Targets = ids.ToImmutableDictionary(id => id, id => new ProbeTarget { Id = id, Address = new Uri("http://127.0.0.1:1"), Kind = NodeKind.WalletRpc }) };
        var written = 0;
        var mostHours = 0;
        int[] minutes = nodes > 1_000 ? [0, 1, 58, 59, .. Enumerable.Range(60, 31)] : [0, 1, .. Enumerable.Range(60, 31)];
        foreach (var minute in minutes)
        {
            rig.Time.SetUtcNow(Evening.AddMinutes(minute));
            table.Committed.Clear();
            var begun = TimeProvider.System.GetTimestamp();
            await ProbeTicks.StoreAsync(rig, ids, ProbeTicks.Well);
            var hours = table.Committed.Sum() - nodes;
            (written, mostHours) = minute < 60 ? (written, mostHours) : (written + hours, Math.Max(mostHours, hours));
            if (nodes > 1_000)
            {
                TestContext.Current.SendDiagnosticMessage($"minute {minute}: {table.Committed.Count} commits, {hours} rows of hours beside {nodes}, {TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds:0} ms");
            }

            // 16 shards, 100 rows a commit; the first two ticks change each node's state, of which a commit holds fewer.
            Assert.True(table.Committed.Count <= Shard.Count + ((nodes + hours) / (minute < 2 ? 80 : 90)), $"minute {minute}: {table.Committed.Count} commits");
        }

        Assert.Equal(nodes, written);
        Assert.InRange(mostHours, 1, nodes / 10);
    }
}
