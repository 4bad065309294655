namespace MoneroCloud.Agent;

/// <summary>Phases in words for the command line.</summary>
internal static class PhaseText
{
    public static string Of(ProcessPhase phase) => phase switch
    {
        ProcessPhase.Stopped => "stopped",
        ProcessPhase.Looking => "looked for",
        ProcessPhase.Starting => "starting",
        ProcessPhase.Ready => "running",
        ProcessPhase.Stopping => "stopping",
        ProcessPhase.BackingOff => "waiting to start",
        ProcessPhase.Broken => "breaker open",
        _ => throw new InvalidOperationException(phase.GetType().Name),
    };
}
