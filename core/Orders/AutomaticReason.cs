namespace MoneroCloud.Core;

/// <summary>Why the monitor itself placed an order.</summary>
/// <param name="Condition">What was found, by its host's evidence.</param>
/// <param name="Explanation">The sentence that goes with it.</param>
public sealed record AutomaticReason(Condition Condition, string Explanation);
