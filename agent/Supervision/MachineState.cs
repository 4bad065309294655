namespace MoneroCloud.Agent;

/// <summary>All that the process machine knows of one node.</summary>
internal sealed record MachineState(ProcessPhase Phase, ProcessHistory History)
{
    public static MachineState Initial { get; } = new(new ProcessPhase.Stopped(), ProcessHistory.Empty);
}
