namespace MoneroCloud.Core;

/// <summary>One check as the monitor judged it: the state its verdict speaks for (Unknown where it speaks for none), and how long the answer took, where there was one.</summary>
public readonly record struct CheckSample(HealthState Outcome, TimeSpan? Latency);
