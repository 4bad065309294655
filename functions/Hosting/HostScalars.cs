using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Functions;

/// <summary>Scalars as the Functions host writes them: numbers as texts, texts encoded twice, times without an offset. What cannot be read is null.</summary>
internal static class HostScalars
{
    /// <summary>By its name in any case; the exact one first.</summary>
    public static JsonElement? Member(this JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (parent.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in parent.EnumerateObject())
        {
            if (NameOf(member) is { } other && other.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    public static string? Text(JsonElement? value)
    {
        try
        {
            return value is { ValueKind: JsonValueKind.String } given ? DecodedTwice(given.GetString() ?? "") : null;
        }
        catch (InvalidOperationException) // Half of a surrogate pair.
        {
            return null;
        }
    }

    public static int? Number(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } given => given.TryGetInt32(out var number) ? number : null,
        { ValueKind: JsonValueKind.String } given =>
            int.TryParse(Text(given), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    public static bool? Flag(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } given => bool.TryParse(Text(given), out var flag) ? flag : null,
        _ => null,
    };

    /// <summary>In UTC, also where no offset is said. The first instant of the calendar means never: null.</summary>
    public static DateTimeOffset? Time(JsonElement? value) =>
        DateTimeOffset.TryParse(
            Text(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) &&
        time.Year > 1
            ? time
            : null;

    /// <summary>The text inside a text that is itself a JSON text; any other as it is.</summary>
    public static string DecodedTwice(string text)
    {
        if (text is not ['"', .., '"'])
        {
            return text;
        }

        try
        {
            using var inner = JsonDocument.Parse(text);
            return inner.RootElement.GetString() ?? text;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return text;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
