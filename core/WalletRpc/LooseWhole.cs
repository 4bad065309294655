using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>A whole number that a node may get wrong: of anything else (a text, a fraction, 2^64) the number is not known, and the rest of the answer still is.</summary>
internal sealed class LooseWhole : JsonConverter<long?>
{
    public override bool HandleNull => true;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            return number;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => throw new NotSupportedException("It is only read.");
}
