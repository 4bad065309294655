namespace MoneroCloud.Bench;

/// <summary>One tick of one form of the monitor over all nodes.</summary>
/// <param name="Who">The form.</param>
/// <param name="Answered">Nodes that it found working.</param>
/// <param name="StubAnswers">Answers that the stubs sent meanwhile.</param>
/// <param name="Milliseconds">From its begin to its end.</param>
/// <param name="MonitorMicroseconds">User and system time of all processes of the monitor.</param>
/// <param name="StoreMicroseconds">Of the table service; 0 where the store is a part of the monitor.</param>
/// <param name="BesideMicroseconds">Of the stubs, and of the bus where it is a program of its own.</param>
/// <param name="Requests">To the table service.</param>
/// <param name="PeakKibibytes">The most memory that the largest process of the monitor has had until then.</param>
/// <param name="Fallen">All nodes are gone: the rounds of these count from the first tick that finds that out.</param>
internal sealed record ScaleSample(
    string Who,
    int Nodes,
    int Round,
    int Answered,
    int StubAnswers,
    double Milliseconds,
    double MonitorMicroseconds,
    double StoreMicroseconds,
    double BesideMicroseconds,
    int Requests,
    long PeakKibibytes,
    bool Fallen)
{
    public double CpuPerProbe => MonitorMicroseconds / Nodes;

    /// <summary>It found out what is so, by one request to each node.</summary>
    public bool IsRight => Fallen || (Answered == Nodes && StubAnswers == Nodes);
}
