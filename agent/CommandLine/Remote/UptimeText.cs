using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>An uptime in words.</summary>
internal static class UptimeText
{
    public static string Of(UptimeView view)
    {
        (string Name, double Seconds)[] states =
        [
            ("up", view.UpSeconds), ("degraded", view.DegradedSeconds), ("down", view.DownSeconds), ("unknown", view.UnknownSeconds), ("disabled", view.DisabledSeconds),
        ];
        var times = string.Join(", ", states.Where(s => s.Seconds > 0).Select(s => $"{s.Name} {Words.Duration(TimeSpan.FromSeconds(s.Seconds))}"));
        return $"uptime {Percent(view.Uptime)} from {IsoTime.Of(view.From)} to {IsoTime.Of(view.To)}: {times}";
    }

    /// <summary>Cut off, not rounded: 100 % is said only where nothing was missed.</summary>
    public static string Percent(double? uptime) => uptime is { } share
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100_000) / 1_000:0.###} %")
        : "unknown";
}
