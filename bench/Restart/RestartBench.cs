namespace MoneroCloud.Bench;

/// <summary>
/// <c>restart</c>: from <c>kill -9</c> to the replacement, all supervisors at once, their children killed in turn on one schedule.
/// </summary>
internal sealed class RestartBench(RestartOptions options, RunFolder folder)
{
    // The controls die first, well apart from the rest.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(2);

    private readonly Nursery nursery = new(folder, options.Kind);

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        await nursery.PrepareAsync(cancellation);
        var stands = options.Programs.MakeSupervisors(folder).Select(MakeStand).ToList();
        try
        {
            foreach (var stand in stands)
            {
                await stand.StartAsync(cancellation);
            }

            await Task.Delay(options.Settle, TimeProvider.System, cancellation);
            return await MeasureAsync(stands, cancellation);
        }
        finally
        {
            await Task.WhenAll(stands.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    private Stand MakeStand(Supervisor supervisor) => new(
        supervisor,
        nursery.Make(supervisor.Name, options.Children),
        supervisor.TakesControl ? nursery.Make($"{supervisor.Name}-control") with { Restarted = false } : null);

    private async Task<BenchResult> MeasureAsync(List<Stand> stands, CancellationToken cancellation)
    {
        var kills = KillSchedule.Make(stands.Count, options.Children, options.Kills, options.Gap, options.Seed);
        var gap = KillSchedule.LeastGap(kills);
        if (gap < options.Gap)
        {
            throw new InvalidOperationException($"a child would be killed twice within {gap}");
        }

        var controls = stands.Index().Where(s => s.Item.Control is not null).Select(s => new PlannedKill(TimeSpan.Zero, s.Index, -1));
        var run = new KillRun(stands, [.. controls, .. kills.Select(k => k with { Due = k.Due + Lead })], options.Patience);
        var load = new MachineLoad();
        await Console.Error.WriteLineAsync($"{kills.Length} kills in {kills[^1].Due.TotalSeconds:0} s");
        var samples = await run.RunAsync(cancellation);
        Stamps.Apply(nursery.StampFile, samples);
        return new RestartReport(options, stands, samples, run.LookGaps!, gap).Make(load.BusyPercent());
    }
}
