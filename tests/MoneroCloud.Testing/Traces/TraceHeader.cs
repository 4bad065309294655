namespace MoneroCloud.Testing;

/// <summary>The first line of a trace: where it comes from.</summary>
public sealed record TraceHeader
{
    /// <summary>The scenario's name, which is the file's too.</summary>
    public required string Trace { get; init; }

    /// <summary>The command that recorded it.</summary>
    public required string Command { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string What { get; init; }

    /// <summary>The programs that took part.</summary>
    public required string Versions { get; init; }

    /// <summary>The day, in UTC.</summary>
    public required string Date { get; init; }

    public required string Machine { get; init; }

    /// <summary>Between two samples. One that equals the sample before is left out.</summary>
    public required int SampleMilliseconds { get; init; }
}
