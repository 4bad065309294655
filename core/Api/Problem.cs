using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>An error of the API, as RFC 9457 has it: <c>application/problem+json</c>.</summary>
public sealed record Problem
{
    public const string ContentType = "application/problem+json";

    public string Type { get; set; } = "about:blank";

    /// <summary>The kind of error, always the same for one kind.</summary>
    public string Title { get; set; } = "";

    /// <summary>Of HTTP.</summary>
    public int Status { get; set; }

    /// <summary>This one, for the reader.</summary>
    public string Detail { get; set; } = "";

    /// <summary>Of an ambiguous name: the ids it could mean.</summary>
    public ImmutableArray<string>? Candidates { get; set; }
}
