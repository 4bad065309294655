using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>How busy the whole machine was while something was measured: anything beside the bench shows here.</summary>
internal sealed class MachineLoad
{
    private readonly (long Busy, long All) began = Jiffies();

    /// <summary>Percent of all cores since this was made.</summary>
    public double BusyPercent()
    {
        var (busy, all) = Jiffies();
        return 100.0 * (busy - began.Busy) / Math.Max(1, all - began.All);
    }

    // cpu user nice system idle iowait irq softirq steal ...
    private static (long Busy, long All) Jiffies()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Take(8).Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        var all = fields.Sum();
        return (all - fields[3] - fields[4], all);
    }
}
