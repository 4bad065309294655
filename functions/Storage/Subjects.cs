using System.Runtime.CompilerServices;

namespace MoneroCloud.Functions;

/// <summary>Whom the rows of one kind are about, where their keys go on with a subject and <c>|</c>: one read a subject, however many rows it has.</summary>
internal static class Subjects
{
    /// <param name="prefix">Of the kind, as in <see cref="Keys"/>.</param>
    /// <param name="unknown">Told of a key without a subject, which is nobody's: what would stand for its subject were all subjects.</param>
    /// <returns>The rows of each subject, in the order of their keys.</returns>
    public static async IAsyncEnumerable<KeyRange> ListAsync(
        ITable table, Shard shard, string prefix, Action<RowKey> unknown, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var range = KeyRange.Prefix(prefix); await FirstAsync(table, shard, range, cancellation) is { } first;)
        {
            var end = first.Key.IndexOf('|', prefix.Length);
            if (end < 0)
            {
                unknown(first);
                range = range with { From = first.Key + '\0' };
                continue;
            }

            var subject = KeyRange.Prefix(first.Key[..(end + 1)]);
            yield return subject;
            range = range with { From = subject.To! };
        }
    }

    private static async Task<RowKey?> FirstAsync(ITable table, Shard shard, KeyRange range, CancellationToken cancellation)
    {
        await foreach (var row in table.RangeAsync(shard, range, 1, cancellation))
        {
            return row.Key;
        }

        return null;
    }
}
