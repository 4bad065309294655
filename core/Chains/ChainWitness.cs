namespace MoneroCloud.Core;

/// <summary>Another daemon's position, and how old that knowledge is.</summary>
public readonly record struct ChainWitness(ChainPosition Position, TimeSpan Age);
