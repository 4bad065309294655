using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Tests.Export;

/// <summary>What can become of a file of a monitor's state.</summary>
internal static class StateFileDamage
{
    public static string[] Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static void Do(string file, string how)
    {
        var lines = File.Exists(file) ? Lines(file) : [];
        switch (how)
        {
            case "cut off":
                File.WriteAllBytes(file, File.ReadAllBytes(file)[..^40]);
                break;
            case "a byte is another":
                var bytes = File.ReadAllBytes(file);
                bytes[bytes.Length / 2] ^= 0x10;
                File.WriteAllBytes(file, bytes);
                break;
            case "a row is missing":
                Write(file, [.. lines[..3], .. lines[4..]]);
                break;
            case "a row is another":
                Write(file, [.. lines[..3], $"{lines[3]} ", .. lines[4..]]);
                break;
            case "a line follows":
                Write(file, [.. lines, lines[1]]);
                break;
            case "the last line is missing":
                Write(file, lines[..^1]);
                break;
            case "of a newer program":
                Resigned(file, [lines[0].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal).Replace(JsonSerializer.Deserialize(lines[0], ApiJson.Default.ExportHeader)!.Program, "9.9", StringComparison.Ordinal), .. lines[1..^1]]);
                break;
            case "of another program":
                Resigned(file, ["{\"format\":\"grafana\",\"version\":1,\"program\":\"x\",\"at\":\"2026-01-01T00:00:00Z\"}", .. lines[1..^1]]);
                break;
            case "a text":
                File.WriteAllText(file, string.Join('\n', lines));
                break;
            case "empty":
                File.WriteAllText(file, "");
                break;
            case "a line without an end":
                Write(file, [new string('x', 2_000_000)]);
                break;
            default:
                File.Delete(file);
                break;
        }
    }

    /// <summary>With another content and the checksum of that.</summary>
    /// <param name="lines">All but the last one.</param>
    public static void Resigned(string file, string[] lines)
    {
        var sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")))));
        Write(file, [.. lines, JsonSerializer.Serialize(new ExportFooter(lines.Length - 1, sha), ApiJson.Default.ExportFooter)]);
    }

    private static void Write(string file, string[] lines)
    {
        using var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));
    }
}
