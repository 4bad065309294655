namespace MoneroCloud.Core;

/// <summary>The first line of a file of a monitor's state.</summary>
public sealed record ExportHeader
{
    public const string OfMonitor = "monerocloud-state";

    /// <summary>What this program writes, and the newest that it reads. It rises when a reader of before would misunderstand a file.</summary>
    public const int Newest = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>The version of the program that wrote it.</summary>
    public required string Program { get; init; }

    public required DateTimeOffset At { get; init; }
}
