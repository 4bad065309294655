using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoneroCloud.Testing;

[JsonSerializable(typeof(TraceHeader))]
[JsonSerializable(typeof(TraceLine))]
internal sealed partial class TraceJson : JsonSerializerContext
{
    /// <summary>Short lines that can be read.</summary>
    public static TraceJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
