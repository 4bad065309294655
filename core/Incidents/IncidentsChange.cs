using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What becomes of a subject's incidents with one change.</summary>
/// <param name="Open">Open afterwards; null when none is.</param>
/// <param name="Closed">Resolved by this very change, oldest first.</param>
/// <param name="Of">The incident of each alert that belongs to one, by the alert's id.</param>
internal sealed record IncidentsChange(Incident? Open, ImmutableArray<Incident> Closed, ImmutableDictionary<string, string> Of)
{
    public Alert Marked(Alert alert) => Of.TryGetValue(alert.Id, out var incident) ? alert with { Incident = incident } : alert;
}
