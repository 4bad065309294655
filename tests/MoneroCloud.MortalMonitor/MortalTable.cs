using System.Globalization;
using MoneroCloud.Functions;
using MoneroCloud.Tests;

namespace MoneroCloud.MortalMonitor;

/// <summary>Dies before or after a write. The place is called by the kinds of rows that are written, and how.</summary>
internal sealed class MortalTable(ITable table, DeathPoints points) : PassingTable(table)
{
    // Leases, totals and that the sweep runs are written by the clock, and are no part of what is committed and dispatched.
    public override Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        changes.All(c => c.Key.Key[0] is 's' or 'l')
            ? base.CommitAsync(changes, cancellationToken)
            : points.RoundAsync(Place(changes), () => base.CommitAsync(changes, cancellationToken));

    public static string Place(IReadOnlyList<RowChange> changes) => $"commit {string.Join(',', changes.Select(Name).Distinct().Order(StringComparer.Ordinal))}";

    private static string Name(RowChange change)
    {
        var claim = change.Written?.Doc.Contains("\"claimed_by\":\"", StringComparison.Ordinal) == true ? "(claim)" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Sign(change)}{change.Key.Key[0]}{claim}");
    }

    private static char Sign(RowChange change) => change switch
    {
        RowChange.Insert => '+',
        RowChange.Replace => '~',
        RowChange.Put => '=',
        _ => '-',
    };
}
