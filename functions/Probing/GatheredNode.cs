using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One node in a tick, before anything is decided.</summary>
/// <param name="Answer">Null where the monitor does not reach it by itself.</param>
internal sealed record GatheredNode(Stored<NodeRecord> Node, ApiAnswer? Answer, DateTimeOffset At)
{
    /// <summary>It is there, whatever is to be thought of the one who asked.</summary>
    public bool Answers => Answer is ApiAnswer.Answered or ApiAnswer.Unauthorized;

    /// <summary>It worked until now, and the probe says something else.</summary>
    public bool NewlyFailed => Answer is not null && !Answers
        && Node.Value.CountedState() is HealthState.Up or HealthState.Degraded;

    /// <summary>The node with what the probe got, not judged yet.</summary>
    public NodeRecord AsSeen() => Answer is null ? Node.Value : Node.Value with { Probe = new Probed(Answer, At) };
}
