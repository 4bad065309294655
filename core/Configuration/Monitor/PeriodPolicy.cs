namespace MoneroCloud.Core;

/// <summary>How often agents report, and when one that does not counts as silent.</summary>
internal sealed record PeriodPolicy
{
    public static PeriodPolicy Default { get; } = new();

    /// <summary>Between two reports of an agent to which nothing happens.</summary>
    public TimeSpan Report { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Periods without a report, after which an agent is silent.</summary>
    public int SilentAfter { get; init; } = 3;

    /// <summary>The time without a report, after which an agent is silent.</summary>
    public TimeSpan Silence => Report * SilentAfter;
}
