namespace MoneroCloud.Agent;

/// <summary>When the declared wallet may be opened again after an attempt failed: 10 s, doubled up to 5 min.</summary>
internal sealed class WalletDuty
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    private TimeSpan _next = TimeSpan.Zero;
    private TimeSpan _wait = First;

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Failure { get; private set; }

    public bool IsDue(TimeSpan now) => now >= _next;

    public void NewLife()
    {
        _next = TimeSpan.Zero;
        _wait = First;
        Failure = null;
    }

    public void Ended(string? failure, TimeSpan now)
    {
        Failure = failure;
        _next = failure is null ? now : now + _wait;
        _wait = failure is null ? First : TimeSpan.FromTicks(Math.Min(Most.Ticks, _wait.Ticks * 2));
    }
}
