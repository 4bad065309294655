namespace MoneroCloud.Core;

/// <summary>A sighting with the moment it was made, so that every piece of evidence has its age.</summary>
public sealed record Seen<T>(T What, DateTimeOffset At)
    where T : class
{
    /// <summary>How old it is at <paramref name="now"/>; never negative, whatever the clocks did.</summary>
    public TimeSpan Age(DateTimeOffset now) => now > At ? now - At : TimeSpan.Zero;
}
