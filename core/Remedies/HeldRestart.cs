namespace MoneroCloud.Core;

/// <summary>A node would be restarted, and is not yet.</summary>
/// <param name="Condition">What it would be restarted for.</param>
/// <param name="Reason">What is in the way, for the operator.</param>
/// <param name="Since">By the monitor's clock.</param>
public sealed record HeldRestart(Condition Condition, string Reason, DateTimeOffset Since);
