using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MoneroCloud.Core;

/// <summary>Reads JSON with comments and trailing commas into a tree that knows its lines.</summary>
internal sealed class JsonTree
{
    private const int MaxDepth = 16;

    private readonly byte[] _text;
    private readonly JsonLines _lines;
    private readonly ConfigErrors _errors;

    private JsonTree(byte[] text, ConfigErrors errors)
    {
        _text = text;
        _lines = new JsonLines(text);
        _errors = errors;
    }

    /// <returns>Null, with one error, when it is not JSON.</returns>
    public static JsonItem? Read(byte[] text, ConfigErrors errors) => new JsonTree(WithoutMark(text), errors).Read();

    private static byte[] WithoutMark(byte[] text) => text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text;

    private JsonItem? Read()
    {
        if (!Utf8.IsValid(_text))
        {
            _errors.Refuse(_lines.LineAt(FirstInvalidByte()), "", "not UTF-8 text");
            return null;
        }

        var options = new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaxDepth,
        };
        var reader = new Utf8JsonReader(_text, options);
        try
        {
            reader.Read();
            var root = Item(ref reader, "");
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            _errors.Refuse(line, "", $"not valid JSON: {Reason(e)}", column: _lines.ColumnAt(line, e.BytePositionInLine ?? 0));
            return null;
        }
    }

    private int FirstInvalidByte()
    {
        var buffer = new char[_text.Length];
        Utf8.ToUtf16(_text, buffer, out var read, out _, replaceInvalidSequences: false);
        return read;
    }

    /// <summary>The reader's own words, without the place, which stands before them here, and without the text it stumbled over, which may be a secret.</summary>
    private static string Reason(JsonException e)
    {
        var tail = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = tail < 0 ? e.Message : e.Message[..tail];
        var literal = reason.IndexOf(" is an invalid JSON literal", StringComparison.Ordinal);
        return literal < 0 ? reason : reason[(literal + " is ".Length)..];
    }

    private JsonItem Item(ref Utf8JsonReader reader, string path)
    {
        var line = _lines.LineAt(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader, path, line),
            JsonTokenType.StartArray => List(ref reader, path, line),
            JsonTokenType.String => new JsonItem.Text(TextOf(ref reader, path), line),
            JsonTokenType.Number => new JsonItem.Number(Encoding.UTF8.GetString(reader.ValueSpan), line),
            JsonTokenType.True => new JsonItem.Truth(true, line),
            JsonTokenType.False => new JsonItem.Truth(false, line),
            _ => new JsonItem.Null(line),
        };
    }

    private JsonItem.Object Object(ref Utf8JsonReader reader, string path, int line)
    {
        var members = ImmutableArray.CreateBuilder<JsonItem.Member>();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var nameLine = _lines.LineAt(reader.TokenStartIndex);
            var name = TextOf(ref reader, path);
            var full = path.Length == 0 ? name : $"{path}.{name}";
            reader.Read();
            var value = Item(ref reader, full);
            if (!firstLines.TryAdd(name, nameLine))
            {
                _errors.Refuse(nameLine, full, $"is given twice, first on line {firstLines[name]}");
                continue;
            }

            members.Add(new JsonItem.Member(name, nameLine, value));
        }

        return new JsonItem.Object(members.ToImmutable(), line);
    }

    private JsonItem.List List(ref Utf8JsonReader reader, string path, int line)
    {
        var items = ImmutableArray.CreateBuilder<JsonItem>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Item(ref reader, $"{path}[{items.Count}]"));
        }

        return new JsonItem.List(items.ToImmutable(), line);
    }

    private string TextOf(ref Utf8JsonReader reader, string path)
    {
        try
        {
            var text = reader.GetString()!;
            if (!text.Contains('\0'))
            {
                return text;
            }
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: JSON's grammar allows it, text cannot hold it.
        }

        _errors.Refuse(_lines.LineAt(reader.TokenStartIndex), path, @"holds \u0000 or half a character (\ud800 to \udfff)");
        return "?";
    }
}
