using MoneroCloud.Functions;
using MoneroCloud.Tests;

namespace MoneroCloud.MortalMonitor;

/// <summary>A planted defect: it replaces whatever is there.</summary>
internal sealed class BlindTable(ITable table) : PassingTable(table)
{
    public override Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        base.CommitAsync([.. changes.Select(Blind)], cancellationToken);

    private static RowChange Blind(RowChange change) => change switch
    {
        RowChange.Replace replace => new RowChange.Put(replace.Row),
        RowChange.Insert insert => new RowChange.Put(insert.Row),
        RowChange.Delete delete => delete with { Version = null },
        _ => change,
    };
}
