using System.Text.Json;

namespace MoneroCloud.Tests;

/// <summary>Which members a JSON text has, and of which kind each is; not their values.</summary>
internal static class JsonShape
{
    public static IReadOnlyList<string> Of(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Members("", document.RootElement)];
    }

    private static IEnumerable<string> Members(string path, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Members($"{path}.{member.Name}", member.Value))
        : [$"{path}: {element.ValueKind}"];
}
