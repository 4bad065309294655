namespace MoneroCloud.Bench;

/// <summary><c>crowd</c>: many children under one agent: what they cost it while nothing happens, and all of them killed at once.</summary>
internal sealed class CrowdBench(CrowdOptions options, RunFolder folder)
{
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Nursery nursery = new(folder, options.Kind);

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        await nursery.PrepareAsync(cancellation);
        var agent = options.Programs.MakeAgent(folder, new Dictionary<string, string>());
        var children = nursery.Make(agent.Name, options.Children);
        await using var stand = new Stand(agent, children, control: null);
        var began = TimeProvider.System.GetTimestamp();
        var starting = AnswerTimes.FromAsync(children.Select(c => c.Port), began, Patience, cancellation);
        await stand.StartAsync(Patience, cancellation);
        var starts = await starting;
        await Task.Delay(options.Settle, TimeProvider.System, cancellation);

        var load = new MachineLoad();
        var idle = await SampleAsync(stand, cancellation);
        var busy = load.BusyPercent();
        var rounds = new List<CrowdRound>();
        while (rounds.Count < options.Rounds)
        {
            rounds.Add(await KillAllAsync(stand, cancellation));
            await Task.Delay(options.Settle, TimeProvider.System, cancellation);
        }

        return new CrowdReport(options, stand, starts, idle, rounds).Make(busy);
    }

    private async Task<IReadOnlyList<IdleSample>> SampleAsync(Stand stand, CancellationToken cancellation)
    {
        var samples = new List<IdleSample>();
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(SamplePeriod, TimeProvider.System);
        do
        {
            samples.Add(IdleSample.Take(stand, TimeProvider.System.GetElapsedTime(began).TotalSeconds));
        }
        while (TimeProvider.System.GetElapsedTime(began) < options.Duration && await timer.WaitForNextTickAsync(cancellation));

        return samples;
    }

    private static async Task<CrowdRound> KillAllAsync(Stand stand, CancellationToken cancellation)
    {
        var before = IdleSample.Take(stand, 0).CpuTicks;
        var began = TimeProvider.System.GetTimestamp();
        var run = new KillRun([stand], [.. stand.Children.Select((_, i) => new PlannedKill(TimeSpan.Zero, 0, i))], Patience);
        var kills = await run.RunAsync(cancellation);
        var answers = await AnswerTimes.FromAsync(stand.Children.Select(c => c.Port), began, Patience, cancellation);
        return new CrowdRound(kills, answers, IdleSample.Take(stand, 0).CpuTicks - before);
    }
}
