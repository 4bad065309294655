namespace MoneroCloud.Bench;

/// <summary>What a supervisor's own processes, without its children, hold and have used.</summary>
/// <param name="Seconds">Since the first sample.</param>
/// <param name="CpuTicks">User and system time of all of them since their start, 100 a second.</param>
internal sealed record IdleSample(
    string Supervisor, double Seconds, int Processes, int Threads, long RssKibibytes, long PssKibibytes, long CpuTicks)
{
    public static IdleSample Take(Stand stand, double seconds)
    {
        var own = stand.OwnProcesses();
        return new IdleSample(
            stand.Name, Math.Round(seconds, 3), own.Count,
            own.Sum(pid => Directory.GetDirectories($"/proc/{pid}/task").Length),
            own.Sum(pid => ProcFile.Rollup(pid, "Rss:")),
            own.Sum(pid => ProcFile.Rollup(pid, "Pss:")),
            own.Sum(ProcFile.CpuTicks));
    }

    /// <summary>All of them, again and again.</summary>
    public static async Task<IReadOnlyList<IdleSample>> TakeAsync(IReadOnlyList<Stand> stands, IdleOptions options, CancellationToken cancellation)
    {
        var samples = new List<IdleSample>();
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(options.Period, TimeProvider.System);
        do
        {
            samples.AddRange(stands.Select(s => Take(s, TimeProvider.System.GetElapsedTime(began).TotalSeconds)));
        }
        while (TimeProvider.System.GetElapsedTime(began) < options.Duration && await timer.WaitForNextTickAsync(cancellation));

        return samples;
    }
}
