using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The configuration that was good last, as it stands in the table: what a start uses whose own is refused.</summary>
/// <param name="Text">To be read again with <see cref="MonitorConfigSource.Again"/>.</param>
/// <param name="Digest">Of its text, in hexadecimal digits.</param>
/// <param name="KeptAt">When a start first had it.</param>
internal sealed record KeptConfig(MonitorConfigText Text, string Digest, DateTimeOffset KeptAt)
{
    /// <summary>In characters, none of which JSON writes as more than one: under <see cref="Row.MaxText"/> with what stands around it.</summary>
    private const int PartLength = 30_000;

    /// <summary>All that fits into one commit.</summary>
    private const int MostParts = CommitBounds.MaxText / Row.MaxText;

    private const int MostBytes = 2 * MonitorConfigReader.MaxBytes;

    /// <summary>Null where none is stored, or one that is not whole.</summary>
    /// <exception cref="StorageUnavailableException">The store cannot be read.</exception>
    public static async Task<KeptConfig?> ReadAsync(ITable table, CancellationToken cancellation)
    {
        var parts = new List<KeptConfigPart>();
        await foreach (var part in table.ListAsync(Keys.KeptConfig(0).Shard, KeyRange.Prefix(Keys.KeptConfigs), MostParts, MonitorJson.Default.KeptConfigPart, cancellation))
        {
            parts.Add(part.Value);
        }

        if (parts.Count == 0 || parts.Any(p => p.Digest != parts[0].Digest || p.Parts != parts.Count))
        {
            return null;
        }

        return Unpack(string.Concat(parts.Select(p => p.Text))) is { } json && Digested(json) == parts[0].Digest
            && JsonSerializer.Deserialize(json, MonitorJson.Default.MonitorConfigText) is { } text
            ? new KeptConfig(text, parts[0].Digest, parts[0].KeptAt)
            : null;
    }

    /// <summary>Stores it in place of the one before, where it is another one.</summary>
    /// <returns>False when it is too large to be kept.</returns>
    /// <exception cref="StorageUnavailableException">It may have been stored or not.</exception>
    public static async Task<bool> KeepAsync(ITable table, MonitorConfigText text, DateTimeOffset now, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(text, MonitorJson.Default.MonitorConfigText);
        var digest = Digested(json);
        if (await ReadAsync(table, cancellation) is { } before && before.Digest == digest)
        {
            return true;
        }

        var parts = Pack(json).Chunk(PartLength).Select(c => new string(c)).ToArray();
        if (parts.Length > MostParts)
        {
            return false;
        }

        var rows = parts.Select((part, i) => (RowChange)new RowChange.Put(new Row
        {
            Key = Keys.KeptConfig(i),
            Doc = JsonSerializer.Serialize(new KeptConfigPart { Digest = digest, Parts = parts.Length, KeptAt = now, Text = part }, MonitorJson.Default.KeptConfigPart),
        }));
        var gone = Enumerable.Range(parts.Length, MostParts - parts.Length).Select(i => new RowChange.Delete(Keys.KeptConfig(i)));
        return await table.CommitAsync([.. rows, .. gone], cancellation) is CommitResult.Committed;
    }

    private static string Digested(byte[] json) => Convert.ToHexStringLower(SHA256.HashData(json));

    private static string Pack(byte[] json)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(json);
        }

        return Base64Url.EncodeToString(packed.ToArray());
    }

    /// <summary>Null for what <see cref="Pack"/> did not make.</summary>
    private static byte[]? Unpack(string text)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(Base64Url.DecodeFromChars(text)), CompressionMode.Decompress);
            using var json = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; (read = brotli.Read(buffer)) > 0;)
            {
                json.Write(buffer.AsSpan(0, read));
                if (json.Length > MostBytes)
                {
                    return null;
                }
            }

            return json.ToArray();
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }
}
