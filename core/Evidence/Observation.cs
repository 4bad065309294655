namespace MoneroCloud.Core;

/// <summary>Which check it was, and when: what decides whether evidence is new or late.</summary>
/// <param name="Number">Within the observer's epoch.</param>
/// <param name="At">By the observer's clock.</param>
public readonly record struct Observation(ObservationNumber Number, DateTimeOffset At);
