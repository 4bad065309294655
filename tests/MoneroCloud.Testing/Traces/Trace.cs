using System.Collections.Immutable;
using System.Text.Json;

namespace MoneroCloud.Testing;

/// <summary>A recorded trace: one JSON object a line, the header first.</summary>
public sealed record Trace(TraceHeader Header, ImmutableArray<TraceLine> Lines)
{
    public const string Ending = ".jsonl";

    /// <exception cref="InvalidDataException">It is no trace; file and line are named.</exception>
    public static Trace Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var header = Parse(file, 1, lines.FirstOrDefault() ?? "", text => JsonSerializer.Deserialize(text, TraceJson.Plain.TraceHeader));
        return new Trace(header, [.. lines.Skip(1).Select((l, i) => Parse(file, i + 2, l, text => JsonSerializer.Deserialize(text, TraceJson.Plain.TraceLine)))]);
    }

    public void Write(string folder)
    {
        using var file = new StreamWriter(Path.Combine(folder, Header.Trace + Ending)) { NewLine = "\n" };
        file.WriteLine(JsonSerializer.Serialize(Header, TraceJson.Plain.TraceHeader));
        foreach (var line in Lines)
        {
            file.WriteLine(JsonSerializer.Serialize(line, TraceJson.Plain.TraceLine));
        }
    }

    private static T Parse<T>(string file, int number, string text, Func<string, T?> parse)
    {
        try
        {
            return parse(text) ?? throw new InvalidDataException($"{file}, line {number}: null");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{file}, line {number}: {wrong.Message}", wrong);
        }
    }
}
