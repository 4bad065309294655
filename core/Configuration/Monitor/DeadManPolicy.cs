namespace MoneroCloud.Core;

/// <summary>How the monitor shows that it is alive.</summary>
internal sealed record DeadManPolicy
{
    public static DeadManPolicy Default { get; } = new();

    /// <summary>The begin of a tick is told too.</summary>
    public bool StartSignal { get; init; } = true;

    /// <summary>For one signal.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);
}
