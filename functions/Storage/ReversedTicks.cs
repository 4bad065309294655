namespace MoneroCloud.Functions;

/// <summary>A time as part of a key, so that the newest comes first: 19 digits that become smaller as time goes on.</summary>
internal static class ReversedTicks
{
    public static string Of(DateTimeOffset time) => $"{DateTime.MaxValue.Ticks - time.UtcTicks:d19}";
}
