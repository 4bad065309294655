namespace MoneroCloud.Core;

/// <summary>One step of a stop or a start, as it was taken.</summary>
/// <param name="Began">By the agent's clock.</param>
/// <param name="TookMs">By a clock that nobody sets; null where nobody saw its end, or it has none yet.</param>
public sealed record LadderStep(LadderRung Rung, DateTimeOffset Began, long? TookMs, StepResult Result)
{
    internal LadderStep Bounded() => this with { Result = Result.Bounded() };
}
