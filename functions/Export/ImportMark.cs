namespace MoneroCloud.Functions;

/// <summary>What is being imported, or was last.</summary>
internal sealed record ImportMark
{
    /// <summary>The file's SHA-256.</summary>
    public required string File { get; set; }

    public required long Total { get; set; }

    /// <summary>Rows from the file's begin that are stored: from here a later try goes on.</summary>
    public long Stored { get; set; }

    public required DateTimeOffset BeganAt { get; set; }

    /// <summary>Null while it is under way.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
