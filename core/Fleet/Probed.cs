namespace MoneroCloud.Core;

/// <summary>What the monitor's own probe got, and when, by the monitor's clock.</summary>
public sealed record Probed(ApiAnswer Answer, DateTimeOffset At)
{
    /// <summary>Nothing came back from the node itself, as when its host is gone.</summary>
    public bool IsUnanswered() => Answer is ApiAnswer.TimedOut or ApiAnswer.Refused or ApiAnswer.Unreachable;
}
