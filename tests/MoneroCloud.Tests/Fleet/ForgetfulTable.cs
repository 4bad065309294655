using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: whoever reads a node from it reads it without something that keeps it from being changed twice.</summary>
internal sealed class ForgetfulTable(ITable table, Func<NodeRecord, NodeRecord> forget, Func<AgentRecord, AgentRecord>? forgetOfAgent = null) : PassingTable(table)
{
    public override async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) =>
        await base.ReadAsync(key, cancellationToken) is { } row ? Forgotten(row) : null;

    public override IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        base.RangeAsync(shard, range, most, cancellationToken).Select(Forgotten);

    private Row Forgotten(Row row) => row.Key.Key.StartsWith(Keys.Nodes, StringComparison.Ordinal)
        ? row with { Doc = JsonSerializer.Serialize(forget(Documents.Read(row, CoreJson.Default.NodeRecord).Value), CoreJson.Default.NodeRecord) }
        : forgetOfAgent is not null && row.Key.Key.StartsWith(Keys.Agents, StringComparison.Ordinal)
        ? row with { Doc = JsonSerializer.Serialize(forgetOfAgent(Documents.Read(row, CoreJson.Default.AgentRecord).Value), CoreJson.Default.AgentRecord) }
        : row;
}
