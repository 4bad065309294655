using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Fleet;

/// <summary>Between the first reading of a node and its writing somebody else does something.</summary>
internal sealed class RivalTable(ITable table, Func<Task> rival) : PassingTable(table)
{
    private int _commits;

    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Any(c => c.Key.Key.StartsWith(Keys.Nodes, StringComparison.Ordinal)) && Interlocked.Increment(ref _commits) == 1)
        {
            await rival();
        }

        return await base.CommitAsync(changes, cancellationToken);
    }
}
