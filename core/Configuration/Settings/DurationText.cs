using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>Durations as configuration files write them: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>2h</c>.</summary>
internal static class DurationText
{
    public const string Pattern = "^[0-9]{1,9}(ms|s|m|h)$";

    public const string PatternOrNever = "^([0-9]{1,9}(ms|s|m|h)|never)$";

    public const string Never = "never";

    public const string Form = "a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"";

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = Array.FindIndex(Units, u => u.Unit == text[digits..]);
        if (digits is 0 or > 9 || unit < 0)
        {
            return false;
        }

        duration = int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) * Units[unit].Length;
        return true;
    }

    /// <summary>In the largest unit that loses nothing; whole milliseconds at least.</summary>
    public static string Format(TimeSpan duration)
    {
        var (unit, length) = Units.Last(u => u.Unit == "ms" || (duration.Ticks % u.Length.Ticks == 0 && duration >= u.Length));
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / length.Ticks}{unit}");
    }
}
