namespace MoneroCloud.Bench;

/// <summary>One start of the Functions handler.</summary>
/// <param name="Milliseconds">From just before the process is started to its first answer.</param>
/// <param name="CpuMilliseconds">User and system time of the process up to then.</param>
/// <param name="RssKibibytes">Just after it.</param>
internal sealed record HandlerSample(int Start, double Milliseconds, double CpuMilliseconds, long RssKibibytes);
