namespace MoneroCloud.Bench;

/// <summary>One tick of one prober over all nodes.</summary>
/// <param name="Hung">Of the nodes.</param>
/// <param name="Answered">Nodes that the prober found working.</param>
/// <param name="StubAnswers">Answers that the stubs sent meanwhile.</param>
/// <param name="CpuMicroseconds">User and system time of the prober's process, for the whole tick.</param>
/// <param name="RssKibibytes">After it.</param>
internal sealed record TickSample(
    string Who, int Round, int Nodes, int Hung, int Answered, int StubAnswers, double Milliseconds, double CpuMicroseconds, long RssKibibytes)
{
    public double CpuPerProbe => CpuMicroseconds / Nodes;

    /// <summary>It found out what is so: all that answer, and no other.</summary>
    public bool IsRight => Answered == Nodes - Hung && StubAnswers == Nodes - Hung;
}
