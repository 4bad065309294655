using MoneroCloud.Functions;

namespace MoneroCloud.Tests.History;

/// <summary>A defect: rows of hours are stored so many times, and not with the row of their node.</summary>
internal sealed class RollupLosingTable(ITable table, int times) : PassingTable(table)
{
    public override Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => base.CommitAsync(
        [.. changes.SelectMany(change => change is RowChange.Merge hours && change.Key.Key.StartsWith(Keys.AllHours, StringComparison.Ordinal) ? Copies(hours) : [change])], cancellationToken);

    private IEnumerable<RowChange> Copies(RowChange.Merge hours) => Enumerable.Range(0, times)
        .Select(i => hours with { Row = new RowKey(hours.Row.Shard, $"{hours.Row.Key}{i}") });
}
