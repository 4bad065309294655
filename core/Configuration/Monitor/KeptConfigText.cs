using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace MoneroCloud.Core;

/// <summary>A configuration in pieces that fit into rows, and made whole again from them.</summary>
internal static class KeptConfigText
{
    /// <summary>In characters, none of which JSON writes as more than one: under a row's bound with what stands around it.</summary>
    private const int PartLength = 30_000;

    private const int MostBytes = 2 * MonitorConfigReader.MaxBytes;

    public static KeptConfigPart[] Split(MonitorConfigText text, DateTimeOffset now)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(text, KeptConfigJson.Default.MonitorConfigText);
        var digest = Digested(json);
        var parts = Pack(json).Chunk(PartLength).Select(c => new string(c)).ToArray();
        return [.. parts.Select(part => new KeptConfigPart { Digest = digest, Parts = parts.Length, KeptAt = now, Text = part })];
    }

    /// <summary>Null where there are none, and where they are not the whole of one configuration.</summary>
    public static MonitorConfigText? Join(IReadOnlyList<KeptConfigPart> parts)
    {
        if (parts.Count == 0 || parts.Any(p => p.Digest != parts[0].Digest || p.Parts != parts.Count)
            || Unpack(string.Concat(parts.Select(p => p.Text))) is not { } json || Digested(json) != parts[0].Digest)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, KeptConfigJson.Default.MonitorConfigText);
        }
        catch (JsonException)
        {
            return null;
        }
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
