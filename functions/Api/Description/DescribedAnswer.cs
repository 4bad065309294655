using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Functions;

/// <summary>An answer of an operation that is no refusal.</summary>
/// <param name="Type">What its body holds; null where there is none, or where it is no JSON.</param>
/// <param name="ContentType">Of a body that is no JSON.</param>
internal sealed record DescribedAnswer(int Status, string Description, JsonTypeInfo? Type, string? ContentType = null);
