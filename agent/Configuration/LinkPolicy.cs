namespace MoneroCloud.Agent;

/// <summary>How the agent speaks to the monitor it is enrolled with; without an enrolment it says nothing of this.</summary>
internal sealed record LinkPolicy
{
    public static LinkPolicy Default { get; } = new();

    /// <summary>Without any ack for this long, the monitor counts as silent.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two notices while it stays silent.</summary>
    public TimeSpan SilentAgain { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Without any ack for this long, and for three report periods, the agent restarts what hangs by itself, as one that is not enrolled does.</summary>
    public TimeSpan ActAloneAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two reports when nothing changes; null: the period that the monitor named when it enrolled the agent.</summary>
    public TimeSpan? ReportPeriod { get; init; }

    /// <summary>Bytes on disk for events that the monitor has not got.</summary>
    public long SpoolLimit { get; init; } = 64 << 20;
}
