using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>Moments in tables, in local time and short.</summary>
internal static class ShownTime
{
    /// <summary>The hour alone within today: of another day it would be read as today's.</summary>
    public static string Of(DateTimeOffset at, DateTimeOffset now)
    {
        var (local, today) = (at.ToLocalTime(), now.ToLocalTime());
        return local.ToString(local.Date == today.Date ? "HH:mm:ss" : local.Year == today.Year ? "MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
