using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>Times as ISO 8601 writes them, in UTC.</summary>
internal static class IsoTime
{
    /// <summary>To the millisecond.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the second, of what is always on one.</summary>
    public static string OfSecond(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
