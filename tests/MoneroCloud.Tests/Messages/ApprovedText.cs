using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Tests.Messages;

/// <summary>What crosses a process's border or is stored, byte for byte: a file with one JSON text a line. MONEROCLOUD_APPROVE=1 writes it.</summary>
internal static class ApprovedText
{
    private const string Folder = "tests/MoneroCloud.Tests/Messages/Approved";

    /// <summary>The texts are the approved ones, and read back they are the values they were made from.</summary>
    public static void Is<T>(string name, JsonTypeInfo<T> type, params IEnumerable<T> values)
    {
        GeneratedFile.IsUpToDate($"{Folder}/{name}.jsonl", string.Concat(values.Select(v => JsonSerializer.Serialize(v, type) + "\n")));
        SameValue.Assert(values.ToArray(), Lines(name).Select(line => JsonSerializer.Deserialize(line, type)).ToArray());
    }

    public static string[] Lines(string name) => File.ReadAllLines(GeneratedFile.At($"{Folder}/{name}.jsonl"));
}
