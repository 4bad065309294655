namespace MoneroCloud.Agent;

/// <summary>What the parts of the connection to the monitor share.</summary>
internal sealed record MonitorContext
{
    public required string StateFolder { get; init; }

    public required AgentClock Clock { get; init; }

    public required Journal Journal { get; init; }

    public required EventLog Events { get; init; }

    /// <summary>Rung when something is to be reported at once.</summary>
    public required ChangeBell Bell { get; init; }

    public required AgentLog Log { get; init; }

    /// <summary>Told of each session, since the monitor restarts for as long as it is heard.</summary>
    public required RemedyDuty Duty { get; init; }

    /// <summary>The present configuration.</summary>
    public required Func<AgentConfig> Config { get; init; }

    public ReportTimes Times { get; init; } = new();

    /// <summary>Numbers begin anew, in the journal first: a crash between the two is mended at the next start.</summary>
    public void BeginEpoch(long epoch)
    {
        Journal.BeginEpoch(epoch);
        Events.BeginEpoch(epoch);
    }
}
