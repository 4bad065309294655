using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How an order to a node ended.</summary>
internal sealed record OrderEnd(OutcomeResult Result, string Text)
{
    public ProcessIdentity? Before { get; init; }

    public ProcessIdentity? After { get; init; }

    public bool IsGood => Result is OutcomeResult.Done or OutcomeResult.DoneAlready;
}
