namespace MoneroCloud.Core;

/// <summary>What one roll-up sums up. Both are of UTC, so that each hour has 3600 s and each day 24 of them.</summary>
public enum RollupSpan
{
    Hour,
    Day,
}
