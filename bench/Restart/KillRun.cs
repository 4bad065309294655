using System.Collections.Immutable;

namespace MoneroCloud.Bench;

/// <summary>Carries out a schedule: one thread kills, and looks for replacements at least every 0.3 ms.</summary>
internal sealed class KillRun(IReadOnlyList<Stand> stands, ImmutableArray<PlannedKill> plan, TimeSpan patience)
{
    private const int LookMicroseconds = 150;

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly List<KillSample> samples = [];
    private readonly Dictionary<int, KillSample> awaited = [];
    private readonly Dictionary<int, int> current =
        stands.SelectMany(s => s.Pids()).ToDictionary(p => p.Key, p => p.Value);

    private long lastLook;
    private long thisLook;

    /// <summary>The gaps between looks, in ms: how busy the machine was, as the looker felt it.</summary>
    public Distribution? LookGaps { get; private set; }

    public async Task<IReadOnlyList<KillSample>> RunAsync(CancellationToken cancellation)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Run(cancellation);
            }
            catch (Exception thrown) when (thrown is BenchException or OperationCanceledException)
            {
                failure = thrown;
            }
        })
        { IsBackground = true, Name = "kills" };
        thread.Start();
        await Task.Run(thread.Join, CancellationToken.None);
        return failure is null ? samples : throw failure;
    }

    private void Run(CancellationToken cancellation)
    {
        Libc.SleepPrecisely();
        var looker = new ReplacementLooker(stands.SelectMany(s => s.OwnProcesses()).ToHashSet(), Found);
        var gaps = new List<double>(1 << 20);
        var began = lastLook = clock.GetTimestamp();
        var end = began + Nanoseconds((plan.IsEmpty ? TimeSpan.Zero : plan[^1].Due) + patience);
        for (var next = 0; thisLook < end && (next < plan.Length || awaited.Count > 0); lastLook = thisLook)
        {
            cancellation.ThrowIfCancellationRequested();
            Libc.SleepMicroseconds(LookMicroseconds);
            thisLook = clock.GetTimestamp();
            gaps.Add((thisLook - lastLook) / 1e6);
            looker.Look(thisLook);
            if (next < plan.Length && clock.GetTimestamp() >= began + Nanoseconds(plan[next].Due))
            {
                Kill(plan[next++]);
            }
        }

        LookGaps = new Distribution(gaps);
    }

    private void Kill(PlannedKill planned)
    {
        var stand = stands[planned.Stand];
        var child = planned.Child < 0 ? stand.Control! : stand.Children[planned.Child];
        var pid = current.GetValueOrDefault(child.Port);
        var descriptor = pid == 0 ? -1 : Libc.OpenProcess(pid);
        var killedAt = clock.GetTimestamp();
        var killed = descriptor >= 0 && Libc.Signal(descriptor, Libc.Sigkill);
        Libc.Close(descriptor);
        var sample = new KillSample
        {
            Supervisor = planned.Child < 0 ? $"{stand.Name}, told not to restart" : stand.Name,
            Child = child.Name,
            Port = child.Port,
            KilledPid = killed ? pid : 0,
            KilledAt = killedAt,
        };
        samples.Add(sample);
        if (killed)
        {
            current.Remove(child.Port);
            awaited[child.Port] = sample;
        }
    }

    private void Found(int port, int pid)
    {
        current[port] = pid;
        if (!awaited.Remove(port, out var sample))
        {
            return;
        }

        sample.NewPid = pid;
        sample.SeenMilliseconds = (clock.GetTimestamp() - sample.KilledAt) / 1e6;
        sample.LookGapMilliseconds = (thisLook - lastLook) / 1e6;
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;
}
