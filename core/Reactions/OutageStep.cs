using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>One change of what is wrong with a node, and what is told of it.</summary>
/// <param name="After">Null: nothing is wrong any more.</param>
/// <param name="At">When it happened.</param>
/// <param name="Text">The explanation.</param>
/// <param name="Alerts">Ids of the alerts that it makes.</param>
public sealed record OutageStep(Outage? After, DateTimeOffset At, string Text, ImmutableArray<string> Alerts);
