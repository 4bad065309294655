using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MoneroCloud.Core;

/// <summary>Writes the JSON Schema (draft 2020-12) of a configuration file from its settings.</summary>
internal static class SchemaText
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Indented, with a last line feed.</summary>
    public static string Of(string title, ValueShape.Group file)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Relaxed, for people read it too: it is never part of a page.
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Dialect);
            writer.WriteString("title", title);
            WriteGroup(writer, file);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteSetting(Utf8JsonWriter writer, Setting setting)
    {
        writer.WriteStartObject(setting.Key);
        writer.WriteString("description", Description(setting));
        WriteShape(writer, setting.Shape);
        if (setting.Default is not null)
        {
            writer.WritePropertyName("default");
            writer.WriteRawValue(setting.Default);
        }

        writer.WriteEndObject();
    }

    private static string Description(Setting setting) => setting.Shape is ValueShape.Duration shape
        ? $"{setting.Description} {DurationText.Format(shape.Min)} to {DurationText.Format(shape.Max)}{(shape.OrNever ? ", or never" : "")}."
        : setting.Description;

    private static void WriteShape(Utf8JsonWriter writer, ValueShape shape)
    {
        switch (shape)
        {
            case ValueShape.Text text:
                WriteText(writer, text);
                break;
            case ValueShape.Duration duration:
                writer.WriteString("type", "string");
                writer.WriteString("pattern", duration.OrNever ? DurationText.PatternOrNever : DurationText.Pattern);
                break;
            case ValueShape.Whole whole:
                writer.WriteString("type", "integer");
                writer.WriteNumber("minimum", whole.Min);
                writer.WriteNumber("maximum", whole.Max);
                break;
            case ValueShape.Share share:
                writer.WriteString("type", "number");
                writer.WriteNumber("minimum", share.Min);
                writer.WriteNumber("maximum", share.Max);
                break;
            case ValueShape.Truth:
                writer.WriteString("type", "boolean");
                break;
            default:
                WriteCompound(writer, shape);
                break;
        }
    }

    private static void WriteCompound(Utf8JsonWriter writer, ValueShape shape)
    {
        switch (shape)
        {
            case ValueShape.Choice choice:
                WriteChoice(writer, choice.Values);
                break;
            case ValueShape.Texts texts:
                WriteList(writer, texts.Item, texts.Min, texts.Max);
                break;
            case ValueShape.Groups groups:
                WriteList(writer, groups.Item, 1, groups.Max);
                break;
            case ValueShape.Variants variants:
                WriteVariants(writer, variants);
                break;
            case ValueShape.Map map:
                WriteMap(writer, map);
                break;
            case ValueShape.Named named:
                WriteNamed(writer, named);
                break;
            case ValueShape.Group group:
                WriteGroup(writer, group);
                break;
            default:
                throw new InvalidOperationException($"no schema for {shape}");
        }
    }

    private static void WriteText(Utf8JsonWriter writer, ValueShape.Text text)
    {
        writer.WriteString("type", "string");
        if (!text.Words.IsEmpty)
        {
            WriteChoice(writer, text.Words);
            return;
        }

        if (text.MinLength > 0)
        {
            writer.WriteNumber("minLength", text.MinLength);
        }

        writer.WriteNumber("maxLength", text.MaxLength);
        if (text.Pattern is not null)
        {
            writer.WriteString("pattern", text.Pattern.ToString());
        }
    }

    private static void WriteChoice(Utf8JsonWriter writer, ImmutableArray<string> values)
    {
        writer.WriteStartArray("enum");
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter writer, ValueShape item, int min, int max)
    {
        writer.WriteString("type", "array");
        writer.WriteNumber("minItems", min);
        writer.WriteNumber("maxItems", max);
        writer.WriteStartObject("items");
        WriteShape(writer, item);
        writer.WriteEndObject();
    }

    private static void WriteVariants(Utf8JsonWriter writer, ValueShape.Variants variants)
    {
        writer.WriteString("type", "array");
        writer.WriteNumber("minItems", 1);
        writer.WriteNumber("maxItems", variants.Max);
        writer.WriteStartObject("items");
        writer.WriteStartArray("oneOf");
        foreach (var variant in variants.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("description", variant.Description);
            WriteGroup(writer, variant.Item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, ValueShape.Map map)
    {
        writer.WriteString("type", "object");
        writer.WriteNumber("maxProperties", map.Max);
        writer.WriteStartObject("patternProperties");
        writer.WriteStartObject(map.Key.Pattern?.ToString() ?? $"^({string.Join('|', map.Key.Words)})$");
        WriteText(writer, map.Item);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
    }

    private static void WriteNamed(Utf8JsonWriter writer, ValueShape.Named named)
    {
        writer.WriteString("type", "object");
        writer.WriteNumber("maxProperties", named.Max);
        writer.WriteStartObject("patternProperties");
        foreach (var entry in named.Entries)
        {
            writer.WriteStartObject(entry.Name.Pattern!.ToString());
            WriteGroup(writer, entry.Item);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
    }

    private static void WriteGroup(Utf8JsonWriter writer, ValueShape.Group group)
    {
        writer.WriteString("type", "object");
        if (group.OneOnly)
        {
            writer.WriteNumber("minProperties", 1);
            writer.WriteNumber("maxProperties", 1);
        }

        writer.WriteStartObject("properties");
        foreach (var setting in group.Settings)
        {
            WriteSetting(writer, setting);
        }

        writer.WriteEndObject();
        var required = group.Settings.Where(s => s.Required).ToArray();
        if (required.Length > 0)
        {
            writer.WriteStartArray("required");
            foreach (var setting in required)
            {
                writer.WriteStringValue(setting.Key);
            }

            writer.WriteEndArray();
        }

        writer.WriteBoolean("additionalProperties", false);
    }
}
