using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>Figures of a list of samples by nearest rank. A sample that never came is infinite, and so may a percentile be.</summary>
internal sealed class Distribution
{
    private readonly double[] sorted;

    public Distribution(IEnumerable<double> samples)
    {
        sorted = [.. samples];
        Array.Sort(sorted);
    }

    public int Count => sorted.Length;

    public double Max => Percentile(100);

    public double P50 => Percentile(50);

    public double P95 => Percentile(95);

    public double P99 => Percentile(99);

    /// <summary>The smallest sample that at least <paramref name="percent"/> of all do not exceed; NaN without samples.</summary>
    public double Percentile(double percent) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Length) - 1)];

    /// <summary>A figure as the tables show it: three digits or so, "never" for what did not come, "-" for what was not measured.</summary>
    public static string Text(double value) => value switch
    {
        double.NaN => "-",
        double.PositiveInfinity => "never",
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
