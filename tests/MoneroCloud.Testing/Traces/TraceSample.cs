namespace MoneroCloud.Testing;

/// <summary>What the host showed at one moment: raw facts, which later looks are made of.</summary>
public sealed record TraceSample
{
    /// <summary>The letter of <c>/proc/PID/stat</c>.</summary>
    public required string Run { get; init; }

    /// <summary>The most telling wait channel of its threads.</summary>
    public string? Wait { get; init; }

    /// <summary>CPU used since its start, in milliseconds.</summary>
    public required long Cpu { get; init; }

    /// <summary>Connections in the accept queue; null while nobody listens.</summary>
    public int? Queue { get; init; }

    /// <summary>Bytes of output.</summary>
    public long Log { get; init; }

    /// <summary>Its connections to the daemon.</summary>
    public IReadOnlyList<TraceLink>? Links { get; init; }

    public bool SameAs(TraceSample other) =>
        (Run, Wait, Cpu, Queue, Log) == (other.Run, other.Wait, other.Cpu, other.Queue, other.Log)
        && (Links ?? []).SequenceEqual(other.Links ?? []);
}
