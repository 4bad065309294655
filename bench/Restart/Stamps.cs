using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>What the stand-in children wrote of themselves: lines of pid, port and CLOCK_MONOTONIC ns.</summary>
internal static class Stamps
{
    /// <summary>Sets <see cref="KillSample.StampedMilliseconds"/> of every sample whose replacement stamped itself.</summary>
    public static void Apply(string file, IEnumerable<KillSample> samples)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var stamps = File.ReadLines(file)
            .Select(line => line.Split(' ').Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray())
            .ToLookup(f => (Pid: (int)f[0], Port: (int)f[1]), f => f[2]);
        foreach (var sample in samples.Where(s => s.NewPid is not null))
        {
            var began = stamps[(sample.NewPid!.Value, sample.Port)].Where(at => at > sample.KilledAt).DefaultIfEmpty().Min();
            sample.StampedMilliseconds = began == 0 ? null : (began - sample.KilledAt) / 1e6;
        }
    }
}
