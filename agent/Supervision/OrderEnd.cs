using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How an order to a node ended.</summary>
internal sealed record OrderEnd(OutcomeResult Result, string Text)
{
    public ProcessIdentity? Before { get; init; }

    public ProcessIdentity? After { get; init; }

    /// <summary>Null where there was nothing to stop or start.</summary>
    public RestartProof? Proof { get; init; }

    public Outcome Outcome => new() { Result = Result, Text = Text, Before = Before, After = After, Proof = Proof };
    /// <summary>Not taken yet: to be given again.</summary>
    public bool Waits { get; init; }

    public bool IsGood => Result is OutcomeResult.Done or OutcomeResult.DoneAlready;
}
