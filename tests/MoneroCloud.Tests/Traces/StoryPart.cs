namespace MoneroCloud.Tests;

/// <summary>A recorded piece as it is told: when, how stretched, and how much it works.</summary>
/// <param name="Start">In the story, milliseconds.</param>
/// <param name="Piece">What was recorded.</param>
/// <param name="Stretch">1 as recorded, 2 twice as slow.</param>
/// <param name="Work">A factor on its CPU time.</param>
/// <param name="Logs">Its log grows as recorded; else not at all.</param>
internal sealed record StoryPart(long Start, RecordedPiece Piece, double Stretch, double Work, bool Logs)
{
    /// <summary>CPU and log before this part.</summary>
    public long CpuBefore { get; init; }

    public long LogBefore { get; init; }

    /// <summary>The wait channel where another than the recorded one is told.</summary>
    public string? WaitsIn { get; init; }

    /// <summary>The last data on the link came so long before the part; null as recorded.</summary>
    public long? ReceivedBefore { get; init; }

    /// <summary>The moment in the piece.</summary>
    public long Local(long at) => (long)((at - Start) / Stretch);

    public long CpuAt(long at)
    {
        // The kernel counts in ticks of 10 ms.
        var used = Piece.At(Local(at)).Cpu - Piece.At(0).Cpu;
        return CpuBefore + ((long)(used * Work) / 10 * 10);
    }

    public long LogAt(long at) => LogBefore + (Logs ? Piece.At(Local(at)).Log - Piece.At(0).Log : 0);
}
