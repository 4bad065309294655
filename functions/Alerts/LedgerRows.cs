using System.Runtime.CompilerServices;

namespace MoneroCloud.Functions;

/// <summary>Reads the rows of a channel's ledger.</summary>
internal static class LedgerRows
{
    /// <summary>Rows of one shard that one look goes through.</summary>
    private const int Most = 10_000;

    /// <summary>All of one shard, due or not. Null stands for what was not read: a row that cannot be, or all that is beyond the bound.</summary>
    public static async IAsyncEnumerable<LedgerRow?> ListAsync(ITable table, Shard shard, string channel, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var looked = 0;
        await foreach (var row in table.RangeAsync(shard, KeyRange.Prefix(Keys.LedgerOf(channel)), Most, cancellation))
        {
            looked++;
            yield return TryRead(row, channel, _ => { }); // Told when it is due.
        }

        if (looked == Most)
        {
            yield return null;
        }
    }

    /// <summary>Null for a row that is none of this channel's ledger, or cannot be read.</summary>
    public static LedgerRow? TryRead(Row row, string channel, Action<UnreadableRowException> skipped) =>
        Documents.TryRead(row, MonitorJson.Default.OutboxItem, skipped) is { Value: { Alert: not null } value } item && value.Channel == channel
            ? new LedgerRow(row.Key, row.Due ?? default, item)
            : null;
}
