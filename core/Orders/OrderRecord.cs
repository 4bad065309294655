using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>An order as the monitor keeps it. Settable, so that what a stored text leaves out keeps its default.</summary>
public sealed record OrderRecord
{
    public required Order Order { get; set; }

    public OrderState State { get; set; }

    public required DateTimeOffset StoredAt { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>By the agent's clock.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>By the agent's clock; when it expired, by the monitor's.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The steps that were taken; null before the first. Once it has ended the outcome's proof has them, if it has one.</summary>
    public ImmutableArray<LadderStep>? Steps { get; set; }

    /// <summary>The step that is under way; null when none is.</summary>
    public LadderStep? Step { get; set; }

    public Outcome? Outcome { get; set; }

    public DateTimeOffset ExpiresAt() => DateTimeOffset.FromUnixTimeSeconds(Order.ExpiresAt);

    public bool IsOver() => State is OrderState.Ended or OrderState.Expired;

    /// <summary>What the agent told of it; the same told twice changes nothing.</summary>
    public OrderRecord Take(NodeEvent happened) => happened.Fact switch
    {
        NodeFact.OrderTaken when State is OrderState.Stored or OrderState.Sent or OrderState.Expired => this with { State = OrderState.Taken, TakenAt = happened.At },
        NodeFact.LadderMoved moved when State is not OrderState.Ended => Climb(moved, happened.At),
        NodeFact.OrderEnded ended when State is not OrderState.Ended => this with
        {
            State = OrderState.Ended,
            EndedAt = happened.At,
            Step = null,
            Steps = ended.Outcome.Proof is null ? Steps : null,
            Outcome = ended.Outcome with { Proof = ended.Outcome.Proof?.Bounded() },
        },
        NodeFact.OrderRefused refused when State is not OrderState.Ended =>
            this with { State = OrderState.Ended, EndedAt = happened.At, Outcome = new Outcome { Result = OutcomeResult.Refused, Text = refused.Reason } },
        _ => this,
    };

    private OrderRecord Climb(NodeFact.LadderMoved moved, DateTimeOffset at)
    {
        var step = moved.Step.Bounded();
        var taken = Steps ?? [];
        if (taken.Any(t => (t.Rung, t.Began) == (step.Rung, step.Began)))
        {
            return this;
        }

        return step.Result is StepResult.Underway
            ? this with { Step = step }
            : this with
            {
                Steps = [.. taken.Append(step).TakeLast(RestartProof.MostSteps)],
                Step = moved.Next is { } next ? new LadderStep(next, at, null, new StepResult.Underway()) : null,
            };
    }
}
