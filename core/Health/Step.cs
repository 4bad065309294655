namespace MoneroCloud.Core;

/// <summary>What one verdict does to a node's health.</summary>
public sealed record Step(Health Next, Transition? Transition);
