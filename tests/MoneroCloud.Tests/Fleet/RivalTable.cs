using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Fleet;

/// <summary>Between the first reading of a row and its writing somebody else does something.</summary>
/// <param name="kind">How the rows begin that are meant.</param>
internal sealed class RivalTable(ITable table, Func<Task> rival, string kind = Keys.Nodes) : PassingTable(table)
{
    private int _commits;

    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Any(c => c.Key.Key.StartsWith(kind, StringComparison.Ordinal)) && Interlocked.Increment(ref _commits) == 1)
        {
            await rival();
        }

        return await base.CommitAsync(changes, cancellationToken);
    }
}
