namespace MoneroCloud.Core;

/// <summary>What a row of the table adds to its condition when it matches.</summary>
internal sealed record Finding(Remedy Remedy, string Explanation);
