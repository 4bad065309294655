using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>The other half of <see cref="RecordFirstNotifier"/>.</summary>
internal sealed class RecordFirstTable(ITable table, RecordFirstNotifier notifier) : PassingTable(table)
{
    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var result = await base.CommitAsync(changes, cancellationToken);
        if (changes.Any(c => c.Key.Key.StartsWith(Keys.AllDeliveries, StringComparison.Ordinal)))
        {
            await notifier.FlushAsync(cancellationToken);
        }

        return result;
    }
}
