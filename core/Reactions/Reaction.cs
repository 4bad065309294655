using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What follows from a change of a node's health.</summary>
/// <param name="Outage">What is wrong from here on.</param>
/// <param name="Alerts">To be stored with the change.</param>
/// <param name="Cancelled">The id of an alert that was stored and is taken back; null for none.</param>
internal sealed record Reaction(Outage? Outage, ImmutableArray<Alert> Alerts, string? Cancelled)
{
    public static Reaction None(Outage? outage) => new(outage, [], null);
}
