namespace MoneroCloud.Agent;

/// <summary>The agent's two clocks: the wall's for what is written down, a monotonic one (from the agent's start) for every duration.</summary>
internal sealed class AgentClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Provider { get; } = time;

    public TimeSpan Now => Provider.GetElapsedTime(_start);

    public DateTimeOffset Wall => Provider.GetUtcNow();
}
