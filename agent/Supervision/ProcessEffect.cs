namespace MoneroCloud.Agent;

/// <summary>What the machine asks its node's loop to do.</summary>
internal abstract record ProcessEffect
{
    private ProcessEffect()
    {
    }

    public sealed record Spawn : ProcessEffect;

    public sealed record BeginStop : ProcessEffect;

    public sealed record BackedOff(TimeSpan For) : ProcessEffect;

    public sealed record BreakerOpened(TimeSpan For, string Why) : ProcessEffect;
}
