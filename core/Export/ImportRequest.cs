using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>A part of a file that is imported; the first has no rows and asks how far an earlier try came.</summary>
public sealed record ImportRequest
{
    /// <summary>The file's SHA-256, 64 hexadecimal digits: by it a later try is known to be of the same file.</summary>
    public required string File { get; init; }

    /// <summary>Rows of the whole file.</summary>
    public required long Total { get; init; }

    /// <summary>Rows of the file before these.</summary>
    public long From { get; init; }

    /// <summary>Also into a store that is not empty: what is in both becomes what the file says.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Only look at these rows as if they were to be stored, and write nothing; the part without rows looks whether the store may take the file.</summary>
    public bool Check { get; init; }

    public ImmutableArray<ExportedRow> Rows { get => field.IsDefault ? [] : field; init; } = [];
}
