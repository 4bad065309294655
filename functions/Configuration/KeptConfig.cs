using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The configuration that was good last, as it stands in the table: what a start uses whose own is refused.</summary>
/// <param name="Text">To be read again with <see cref="MonitorConfigSource.Again"/>.</param>
/// <param name="Digest">Of its text, in hexadecimal digits.</param>
/// <param name="KeptAt">When a start first had it.</param>
internal sealed record KeptConfig(MonitorConfigText Text, string Digest, DateTimeOffset KeptAt)
{
    /// <summary>All that fits into one commit.</summary>
    private const int MostParts = CommitBounds.MaxText / Row.MaxText;

    /// <summary>Null where none is stored, or one that is not whole.</summary>
    /// <exception cref="StorageUnavailableException">The store cannot be read.</exception>
    public static async Task<KeptConfig?> ReadAsync(ITable table, CancellationToken cancellation)
    {
        var parts = new List<KeptConfigPart>();
        await foreach (var part in table.ListAsync(Keys.KeptConfig(0).Shard, KeyRange.Prefix(KeptConfigPart.KeyPrefix), MostParts, KeptConfigJson.Default.KeptConfigPart, cancellation))
        {
            parts.Add(part.Value);
        }

        return KeptConfigText.Join(parts) is { } text ? new KeptConfig(text, parts[0].Digest, parts[0].KeptAt) : null;
    }

    /// <summary>Stores it in place of the one before, where it is another one.</summary>
    /// <returns>False when it is too large to be kept.</returns>
    /// <exception cref="StorageUnavailableException">It may have been stored or not.</exception>
    public static async Task<bool> KeepAsync(ITable table, MonitorConfigText text, DateTimeOffset now, CancellationToken cancellation)
    {
        var parts = KeptConfigText.Split(text, now);
        if (await ReadAsync(table, cancellation) is { } before && before.Digest == parts[0].Digest)
        {
            return true;
        }

        if (parts.Length > MostParts)
        {
            return false;
        }

        var rows = parts.Select((part, i) => (RowChange)new RowChange.Put(new Row { Key = Keys.KeptConfig(i), Doc = JsonSerializer.Serialize(part, KeptConfigJson.Default.KeptConfigPart) }));
        var gone = Enumerable.Range(parts.Length, MostParts - parts.Length).Select(i => new RowChange.Delete(Keys.KeptConfig(i)));
        return await table.CommitAsync([.. rows, .. gone], cancellation) is CommitResult.Committed;
    }
}
