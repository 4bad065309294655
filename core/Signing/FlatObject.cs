using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace MoneroCloud.Core;

/// <summary>
/// A JSON object of exactly the named members, each once, each a text of printable ASCII without escapes: a header or a public key has only
/// one reading, whoever reads it.
/// </summary>
internal static class FlatObject
{
    /// <param name="json">Any bytes.</param>
    /// <param name="names">The members it must have.</param>
    /// <param name="values">In the order of <paramref name="names"/>.</param>
    /// <param name="error">What is wrong, without a word of the input.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        string[] names,
        [NotNullWhen(true)] out string[]? values,
        [NotNullWhen(false)] out string? error)
    {
        values = null;
        var found = new string?[names.Length];
        try
        {
            error = Read(json, names, found);
        }
        catch (JsonException)
        {
            error = "it is not JSON";
        }

        var missing = Array.IndexOf(found, null);
        error ??= missing < 0 ? null : $"'{names[missing]}' is missing";
        values = error is null ? Array.ConvertAll(found, value => value!) : null;
        return error is null;
    }

    private static string? Read(ReadOnlySpan<byte> json, string[] names, string?[] found)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 2 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "it is not a JSON object";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(ref reader, names);
            if (index < 0)
            {
                return $"it has a member that is not one of {string.Join(", ", names)}";
            }

            if (found[index] is not null)
            {
                return $"'{names[index]}' is there twice";
            }

            if (!reader.Read() || !IsPlainText(ref reader))
            {
                return $"'{names[index]}' is not a plain text";
            }

            found[index] = Encoding.ASCII.GetString(reader.ValueSpan);
        }

        // What follows the object is an error of the reader.
        return reader.Read() ? "something follows the object" : null;
    }

    private static int IndexOf(ref Utf8JsonReader reader, string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (!reader.ValueIsEscaped && reader.ValueTextEquals(names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsPlainText(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && !reader.ValueIsEscaped
        && !reader.ValueSpan.ContainsAnyExceptInRange((byte)' ', (byte)'~');
}
