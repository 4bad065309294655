namespace MoneroCloud.Core;

/// <summary>One thing that is wrong, or as a warning doubtful, in a configuration file. Never carries a secret's value.</summary>
internal sealed record ConfigError
{
    /// <summary>The file as it was named on the command line.</summary>
    public required string File { get; init; }

    /// <summary>1-based; 0 when <see cref="Variable"/> says where it stands.</summary>
    public required int Line { get; init; }

    /// <summary>The environment variable that overrides the file here; null for what stands in the file.</summary>
    public string? Variable { get; init; }

    /// <summary>1-based, in characters; only for what is not JSON.</summary>
    public int? Column { get; init; }

    /// <summary>Such as <c>nodes[1].port</c>; empty for the file as a whole.</summary>
    public string Path { get; init; } = "";

    /// <summary>The offending value as it stands in the file; null when it is missing, too long to help or a secret.</summary>
    public string? Value { get; init; }

    public required string Message { get; init; }

    /// <summary><c>agent.json:12: nodes[1].port: 80000 is out of range, 1 to 65535</c></summary>
    public override string ToString()
    {
        var place = Variable is not null ? $"environment variable {Variable}" : Column is null ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
        var subject = Path.Length == 0 ? place : $"{place}: {Path}";
        return Value is null ? $"{subject}: {Message}" : $"{subject}: {Value} {Message}";
    }
}
