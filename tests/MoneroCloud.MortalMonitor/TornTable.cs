using MoneroCloud.Functions;
using MoneroCloud.Tests;

namespace MoneroCloud.MortalMonitor;

/// <summary>A planted defect: what belongs together is written one after the other, and the program may die in between.</summary>
internal sealed class TornTable(ITable table, DeathPoints points) : PassingTable(table)
{
    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var first = await base.CommitAsync([changes[0]], cancellationToken);
        if (first is not CommitResult.Committed one || changes.Count == 1)
        {
            return first;
        }

        points.Pass($"torn {MortalTable.Place(changes)[7..]}");
        return await base.CommitAsync([.. changes.Skip(1)], cancellationToken) is CommitResult.Committed rest
            ? new CommitResult.Committed(one.Versions.AddRange(rest.Versions))
            : new CommitResult.Lost(null);
    }
}
