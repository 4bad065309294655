namespace MoneroCloud.Core;

/// <summary>One row of a monitor's store as a file of its state has it.</summary>
public sealed record ExportedRow
{
    /// <summary>0 to 15.</summary>
    public required int Shard { get; init; }

    public required string Key { get; init; }

    /// <summary>JSON, as it is stored.</summary>
    public required string Doc { get; init; }

    public int? Pid { get; init; }

    public bool? Worked { get; init; }

    /// <summary>JSON.</summary>
    public string? WorkedData { get; init; }

    public DateTimeOffset? Due { get; init; }
}
