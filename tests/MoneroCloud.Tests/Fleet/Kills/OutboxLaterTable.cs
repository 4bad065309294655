using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: what is to be sent is stored after its cause, in a write of its own.</summary>
internal sealed class OutboxLaterTable(ITable table) : PassingTable(table)
{
    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var later = changes.Where(c => c.Written is not null && c.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal)).ToList();
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
