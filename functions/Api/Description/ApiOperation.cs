using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Functions;

/// <summary>One operation of the API, as its document describes it.</summary>
internal sealed record ApiOperation
{
    public required string Method { get; init; }

    /// <summary>As it is mapped.</summary>
    public required string Path { get; init; }

    /// <summary>The least role that may; null for what is open.</summary>
    public required ApiRole? Role { get; init; }

    public required string Summary { get; init; }

    public ImmutableArray<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What the body holds; null where none is read.</summary>
    public JsonTypeInfo? Body { get; init; }

    public bool BodyRequired { get; init; }

    public required ImmutableArray<DescribedAnswer> Answers { get; init; }

    /// <summary>A name for clients that are generated: each operation has another.</summary>
    public string Id()
    {
        var words = Path["/api/".Length..].Replace(".", "/", StringComparison.Ordinal).Split('/').Select(w => w.StartsWith('{') ? $"By{char.ToUpperInvariant(w[1])}{w[2..^1]}" : char.ToUpperInvariant(w[0]) + w[1..]);
        return Method.ToLowerInvariant() + string.Concat(words);
    }
}
