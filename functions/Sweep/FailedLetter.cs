namespace MoneroCloud.Functions;

/// <summary>A dead letter that its trigger could not take this time either.</summary>
/// <param name="Tries">How often it failed, in this process.</param>
/// <param name="NotBefore">Until then it is passed over.</param>
internal readonly record struct FailedLetter(int Tries, DateTimeOffset NotBefore)
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static FailedLetter After(FailedLetter? before, DateTimeOffset now)
    {
        var tries = (before?.Tries ?? 0) + 1;
        return new FailedLetter(tries, now + TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(tries - 1, 10))));
    }
}
