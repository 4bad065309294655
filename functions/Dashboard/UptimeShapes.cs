using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Uptime as rectangles: each part of the time one column, in which each state has its share. Neighbours that are wholly of one state are one rectangle. Pure.</summary>
internal static class UptimeShapes
{
    public const int Height = 40;
    public const int PartWidth = 10;

    private const int LeastDown = Height / 4;

    /// <summary>A rectangle of a state's class.</summary>
    internal sealed record Shape(string Class, double X, double Y, double Width, double Height);

    public static IEnumerable<Shape> Of(IReadOnlyList<UptimeView> parts)
    {
        Shape? open = null;
        for (var i = 0; i < parts.Count; i++)
        {
            var column = Column(parts[i], i * PartWidth).ToList();
            if (column is [var whole] && open is { } before && before.Class == whole.Class && before.X + before.Width == whole.X)
            {
                open = before with { Width = before.Width + whole.Width };
                continue;
            }

            if (open is not null)
            {
                yield return open;
            }

            open = column is [var single] ? single : null;
            foreach (var shape in open is null ? column : [])
            {
                yield return shape;
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    /// <summary>In percent, never rounded up to 100.</summary>
    public static string Percent(double? uptime) => uptime is not { } share ? "not known"
        : share >= 1 ? "100 %"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100_000) / 1_000:0.###} %");

    public static string Seconds(double seconds) => seconds < 0.5 ? "-" : Words.Duration(TimeSpan.FromSeconds(seconds));

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>From below: down, degraded, up, unknown, disabled; what is too much for the column is taken from the last.</summary>
    private static IEnumerable<Shape> Column(UptimeView part, double x)
    {
        var total = (part.To - part.From).TotalSeconds;
        var top = (double)Height;
        foreach (var (state, seconds) in new[] { ("down", part.DownSeconds), ("degraded", part.DegradedSeconds), ("up", part.UpSeconds), ("unknown", part.UnknownSeconds), ("disabled", part.DisabledSeconds) })
        {
            // What lasted a second among hours is to be seen all the same.
            var height = seconds <= 0 ? 0 : Math.Max(seconds / total * Height, state == "down" ? LeastDown : 0);
            height = Math.Min(height, top);
            if (height > 0)
            {
                top -= height;
                yield return new Shape(state, x, Math.Round(top, 2), PartWidth, Math.Round(height, 2));
            }
        }
    }
}
