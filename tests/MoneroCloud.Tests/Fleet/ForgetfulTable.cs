using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: whoever reads a node from it reads it without something that keeps it from being changed twice.</summary>
internal sealed class ForgetfulTable(ITable table, Func<NodeRecord, NodeRecord> forget, Func<AgentRecord, AgentRecord>? forgetOfAgent = null) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) =>
        await table.ReadAsync(key, cancellationToken) is { } row ? Forgotten(row) : null;

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken).Select(Forgotten);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => table.CommitAsync(changes, cancellationToken);

    private Row Forgotten(Row row) => row.Key.Key.StartsWith(Keys.Nodes, StringComparison.Ordinal)
        ? row with { Doc = JsonSerializer.Serialize(forget(Documents.Read(row, CoreJson.Default.NodeRecord).Value), CoreJson.Default.NodeRecord) }
        : forgetOfAgent is not null && row.Key.Key.StartsWith(Keys.Agents, StringComparison.Ordinal)
        ? row with { Doc = JsonSerializer.Serialize(forgetOfAgent(Documents.Read(row, CoreJson.Default.AgentRecord).Value), CoreJson.Default.AgentRecord) }
        : row;
}
