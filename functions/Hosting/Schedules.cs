using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The two schedules that are settings, with a default for each mode; nothing else in a function.json is resolved.</summary>
internal static class Schedules
{
    private const string EachMinute = "0 * * * * *";

    private const string EachQuarterMinute = "*/15 * * * * *";

    /// <summary>By their names.</summary>
    public static IReadOnlyDictionary<string, string> Of(HostMode mode, AppSettings settings) => new Dictionary<string, string>
    {
        [Names.ProbeScheduleSetting] = settings[Names.ProbeScheduleSetting] ?? EachMinute,
        [Names.SweepScheduleSetting] = settings[Names.SweepScheduleSetting] ?? (mode is HostMode.Standalone ? EachQuarterMinute : EachMinute),
    };
}
