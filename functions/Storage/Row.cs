namespace MoneroCloud.Functions;

/// <summary>One row: a document, and the columns that others read or that are filtered by.</summary>
internal sealed record Row
{
    /// <summary>The longest <see cref="Doc"/> and <see cref="WorkedData"/>, in characters: 64 KB of UTF-16, less a little.</summary>
    public const int MaxText = 32_000;

    public required RowKey Key { get; init; }

    /// <summary>JSON.</summary>
    public required string Doc { get; init; }

    public int? Pid { get; init; }

    public bool? Worked { get; init; }

    /// <summary>JSON.</summary>
    public string? WorkedData { get; init; }

    /// <summary>When something is to be done about it: <see cref="ITable.DueAsync"/> finds it by this. Read back in UTC.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Opaque, set by the store; null for a row that was not read from it.</summary>
    public string? Version { get; init; }
}
