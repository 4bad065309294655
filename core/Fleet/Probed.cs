namespace MoneroCloud.Core;

/// <summary>What the monitor's own probe got, and when, by the monitor's clock.</summary>
public sealed record Probed(ApiAnswer Answer, DateTimeOffset At);
