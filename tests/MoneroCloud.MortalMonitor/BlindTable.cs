using MoneroCloud.Functions;
using MoneroCloud.Tests;

namespace MoneroCloud.MortalMonitor;

/// <summary>A planted defect: it replaces whatever is there.</summary>
internal sealed class BlindTable(ITable table) : PassingTable(table)
{
    /// <summary>Long enough that somebody else reads before this is written: else the defect would show by luck alone.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(150);

    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Any(c => c.Written?.Doc.Contains("\"claimed_by\":\"", StringComparison.Ordinal) == true))
        {
            await Task.Delay(Late, TimeProvider.System, cancellationToken);
        }

        return await base.CommitAsync([.. changes.Select(Blind)], cancellationToken);
    }

    private static RowChange Blind(RowChange change) => change switch
    {
        RowChange.Replace replace => new RowChange.Put(replace.Row),
        RowChange.Insert insert => new RowChange.Put(insert.Row),
        RowChange.Delete delete => delete with { Version = null },
        _ => change,
    };
}
