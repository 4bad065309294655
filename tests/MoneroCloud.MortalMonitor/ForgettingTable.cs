using System.Collections.Immutable;
using MoneroCloud.Functions;
using MoneroCloud.Tests;

namespace MoneroCloud.MortalMonitor;

/// <summary>A planted defect: records of deliveries are called stored and are not.</summary>
internal sealed class ForgettingTable(ITable table) : PassingTable(table)
{
    public override Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        changes.Any(c => c.Key.Key.StartsWith(Keys.AllDeliveries, StringComparison.Ordinal))
            ? Task.FromResult<CommitResult>(new CommitResult.Committed(ImmutableDictionary<RowKey, string>.Empty))
            : base.CommitAsync(changes, cancellationToken);
}
