namespace MoneroCloud.Core;

/// <summary>The three simple methods within a full check.</summary>
public sealed record FullChecks(MethodAnswer Pid, MethodAnswer Port, MethodAnswer Api);
