using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>A text that a node may get wrong, as <see cref="LooseWhole"/>.</summary>
internal sealed class LooseText : JsonConverter<string?>
{
    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return null; // Half of a surrogate pair, or no UTF-8.
            }
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => throw new NotSupportedException("It is only read.");
}
