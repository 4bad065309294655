namespace MoneroCloud.MortalMonitor;

/// <summary>The system's clock, set forward: what would be due in a few minutes is due now.</summary>
internal sealed class LaterTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
