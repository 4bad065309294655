using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Functions;

/// <summary>A row's document as the members of a JSON object, each written by itself: <see cref="RowChange.Merge"/>.</summary>
internal static class RowParts
{
    /// <summary>In characters.</summary>
    public const int LongestName = 64;

    /// <summary>Azure keeps each part in a column: what begins with a small letter is never the name of one of ours, and of these letters alone it is never one of Azure's.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <param name="parts">JSON by names.</param>
    public static string Text(IEnumerable<KeyValuePair<string, string>> parts) => $"{{{string.Join(',', parts.Select(p => $"\"{p.Key}\":{p.Value}"))}}}";

    /// <summary>The document with these members put into it.</summary>
    /// <param name="doc">Where it is no JSON object it counts as an empty one.</param>
    public static string Merged(string doc, IEnumerable<KeyValuePair<string, string>> parts)
    {
        var whole = Object(doc);
        foreach (var (name, text) in parts)
        {
            whole[name] = JsonNode.Parse(text);
        }

        return whole.ToJsonString();
    }

    private static JsonObject Object(string doc)
    {
        try
        {
            return JsonNode.Parse(doc) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
