namespace MoneroCloud.Bench;

/// <summary>The four checks of one contestant, each run in this process; true is "works".</summary>
internal sealed record FourChecks(
    string Who,
    Func<CheckTarget, CancellationToken, ValueTask<bool>> Pid,
    Func<CheckTarget, CancellationToken, ValueTask<bool>> Port,
    Func<CheckTarget, CancellationToken, ValueTask<bool>> Api,
    Func<CheckTarget, CancellationToken, ValueTask<bool>> Full) : IContestant
{
    public async Task<CheckBlock> RunAsync(
        IReadOnlyList<CheckTarget> targets, string method, int rounds, CancellationToken cancellation)
    {
        var check = Named(method);
        var nanoseconds = new long[targets.Count * rounds];
        var failed = 0;
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < nanoseconds.Length; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            failed += await check(targets[i % targets.Count], cancellation) ? 0 : 1;
            nanoseconds[i] = TimeProvider.System.GetTimestamp() - began;
        }

        cpu = Environment.CpuUsage.TotalTime - cpu;
        return new CheckBlock(Who, method, failed, (long)cpu.TotalMicroseconds, nanoseconds);
    }

    /// <summary>As the agent does it: all nodes side by side.</summary>
    public async Task<double> PassAsync(IReadOnlyList<CheckTarget> targets, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(targets.Select(t => Task.Run(() => Full(t, cancellation).AsTask(), cancellation)));
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private Func<CheckTarget, CancellationToken, ValueTask<bool>> Named(string method) => method switch
    {
        "pid" => Pid,
        "port" => Port,
        "api" => Api,
        "full" => Full,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "pid, port, api, full"),
    };
}
