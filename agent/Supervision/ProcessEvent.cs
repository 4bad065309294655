namespace MoneroCloud.Agent;

/// <summary>What can happen to a node's process, or be wanted of it.</summary>
internal abstract record ProcessEvent
{
    private ProcessEvent()
    {
    }

    /// <param name="ByOperator">An operator's order closes the breaker; the agent's own start does not.</param>
    public sealed record StartWanted(bool ByOperator) : ProcessEvent;

    public sealed record StopWanted : ProcessEvent;

    public sealed record RestartWanted(bool ByOperator) : ProcessEvent;

    /// <summary>A living process of an earlier agent was found.</summary>
    public sealed record Adopted : ProcessEvent;

    public sealed record SpawnFailed : ProcessEvent;

    /// <summary>Nothing was spawned because another process holds the port: no failed start, asked again soon.</summary>
    public sealed record SpawnHeld : ProcessEvent;

    public sealed record Answered : ProcessEvent;

    public sealed record Exited : ProcessEvent;

    /// <summary>The time that the phase waits for has come.</summary>
    public sealed record Due : ProcessEvent;
}
