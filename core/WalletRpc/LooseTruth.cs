using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>A yes or no that a node may get wrong, as <see cref="LooseWhole"/>.</summary>
internal sealed class LooseTruth : JsonConverter<bool?>
{
    public override bool HandleNull => true;

    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) => throw new NotSupportedException("It is only read.");
}
