namespace MoneroCloud.Core;

/// <summary>How long to wait before the next attempt: doubling, with jitter, so that a restarted broker is not met by all its clients at once.</summary>
internal sealed class BusBackOff(BusOptions options)
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private TimeSpan _next = options.FirstBackOff;

    /// <param name="lasted">How long what has just failed had held.</param>
    public TimeSpan Next(TimeSpan lasted)
    {
        if (lasted >= Settled)
        {
            _next = options.FirstBackOff;
        }

        var wait = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, options.LongestBackOff.Ticks));
        return wait;
    }
}
