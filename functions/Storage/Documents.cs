using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Functions;

/// <summary>Rows as the documents that stand in them.</summary>
internal static class Documents
{
    /// <summary>Null where there is no such row. A row that cannot be read is treated as the store's failure: never as absent.</summary>
    public static async Task<Stored<T>?> FindAsync<T>(this ITable table, RowKey key, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class =>
        await table.ReadAsync(key, cancellation) is { } row ? Read(row, type) : null;

    public static async IAsyncEnumerable<Stored<T>> ListAsync<T>(
        this ITable table, Shard shard, KeyRange range, int most, JsonTypeInfo<T> type, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        await foreach (var row in table.RangeAsync(shard, range, most, cancellation))
        {
            yield return Read(row, type);
        }
    }

    /// <summary>As <see cref="ListAsync"/>, without the rows that cannot be read: <paramref name="skipped"/> is told of each.</summary>
    public static async IAsyncEnumerable<Stored<T>> ListReadableAsync<T>(
        this ITable table, Shard shard, KeyRange range, JsonTypeInfo<T> type, Action<UnreadableRowException> skipped, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        await foreach (var row in table.RangeAsync(shard, range, int.MaxValue, cancellation))
        {
            if (TryRead(row, type, skipped) is { } document)
            {
                yield return document;
            }
        }
    }

    /// <summary>
    /// Of a row that is written anew again and again and holds nothing that cannot be found again. One that cannot be read is told, and is as good
    /// as new, to be replaced under its version.
    /// </summary>
    public static async Task<Stored<T>?> FindOrRenewAsync<T>(
        this ITable table, RowKey key, JsonTypeInfo<T> type, Func<T> anew, Action<UnreadableRowException> skipped, CancellationToken cancellation)
        where T : class =>
        await table.ReadAsync(key, cancellation) is { } row ? TryRead(row, type, skipped) ?? new Stored<T>(anew(), row.Version) : null;

    /// <summary>Null for a row that cannot be read, of which <paramref name="skipped"/> is told.</summary>
    public static Stored<T>? TryRead<T>(Row row, JsonTypeInfo<T> type, Action<UnreadableRowException> skipped)
        where T : class
    {
        try
        {
            return Read(row, type);
        }
        catch (UnreadableRowException e)
        {
            skipped(e);
            return null;
        }
    }

    public static Stored<T> Read<T>(Row row, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return new Stored<T>(JsonSerializer.Deserialize(row.Doc, type) ?? throw new JsonException("null"), row.Version);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new UnreadableRowException(row.Key, typeof(T).Name, e.GetType().Name);
        }
    }

    /// <summary>The row of a document: to be inserted where it is new, to be replaced under its version else.</summary>
    public static RowChange Write<T>(RowKey key, Stored<T> document, JsonTypeInfo<T> type)
        where T : class
    {
        var row = new Row { Key = key, Doc = JsonSerializer.Serialize(document.Value, type), Version = document.Version };
        return document.Version is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
    }
}
