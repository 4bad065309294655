using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>Which format a client gets, by its <c>Accept</c>.</summary>
public static class MetricsContent
{
    private const string OpenMetricsType = "application/openmetrics-text";
    private const string TextType = "text/plain";

    /// <summary>More of a header is not read.</summary>
    private const int MostRanges = 16;

    public static string TypeOf(MetricsFormat format) =>
        format == MetricsFormat.OpenMetrics ? $"{OpenMetricsType}; version=1.0.0; charset=utf-8" : $"{TextType}; version=0.0.4; charset=utf-8";

    /// <summary>OpenMetrics 1.0 for who asks for it by name, and does not like text better; text for all others.</summary>
    /// <param name="accept">Null where there is none.</param>
    public static MetricsFormat Of(string? accept)
    {
        var (open, text) = (0.0, 0.0);
        foreach (var range in (accept ?? "").Split(',', MostRanges + 1).Take(MostRanges))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var quality = QualityOf(parts);
            if (parts[0].Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase))
            {
                open = VersionOf(parts) is null or "1.0.0" ? Math.Max(open, quality) : open;
            }
            else if (parts[0].Equals(TextType, StringComparison.OrdinalIgnoreCase))
            {
                text = Math.Max(text, quality);
            }
        }

        return open > 0 && open >= text ? MetricsFormat.OpenMetrics : MetricsFormat.Text;
    }

    private static double QualityOf(string[] parts) =>
        Parameter(parts, "q") is not { } text ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) ? quality
        : 0;

    private static string? VersionOf(string[] parts) => Parameter(parts, "version")?.Trim('"');

    private static string? Parameter(string[] parts, string name) => parts
        .Skip(1)
        .Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(p => p.Length == 2 && p[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}
