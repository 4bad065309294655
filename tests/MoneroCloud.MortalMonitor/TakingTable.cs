using MoneroCloud.Functions;
using MoneroCloud.Tests;

namespace MoneroCloud.MortalMonitor;

/// <summary>A planted defect: what is claimed to be sent is taken out of the store at once, and is nowhere if the program dies then.</summary>
internal sealed class TakingTable(ITable table) : PassingTable(table)
{
    private const string Taken = "taken";

    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var claims = changes.Where(IsClaim).Select(c => c.Key).ToHashSet();
        var result = await base.CommitAsync([.. changes.Where(c => !IsTaken(c)).Select(c => claims.Contains(c.Key) ? new RowChange.Delete(c.Key) : c)], cancellationToken);
        return result is CommitResult.Committed committed && claims.Count > 0
            ? committed with { Versions = committed.Versions.SetItems(claims.Select(c => KeyValuePair.Create(c, Taken))) }
            : result;
    }

    private static bool IsClaim(RowChange change) =>
        change.Key.Key.StartsWith(Keys.AllLedger, StringComparison.Ordinal) && change.Written?.Doc.Contains("\"claimed_by\":\"", StringComparison.Ordinal) == true;

    private static bool IsTaken(RowChange change) => change is RowChange.Delete { Version: Taken };
}
