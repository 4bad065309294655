using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: an order is stored after what it is ordered for, in a write of its own.</summary>
internal sealed class OrderLaterTable(ITable table) : PassingTable(table)
{
    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var later = changes.Where(c => c is RowChange.Insert && (c.Key.Key.StartsWith(Keys.Orders, StringComparison.Ordinal) || c.Key.Key.EndsWith("|order", StringComparison.Ordinal))).ToList();
        if (later.Count == 0 || later.Count == changes.Count)
        {
            return await base.CommitAsync(changes, cancellationToken);
        }

        var first = await base.CommitAsync([.. changes.Except(later)], cancellationToken);
        return first is CommitResult.Committed one && await base.CommitAsync(later, cancellationToken) is CommitResult.Committed other
            ? new CommitResult.Committed(one.Versions.AddRange(other.Versions))
            : first;
    }
}
