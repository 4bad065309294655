using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A node in a list.</summary>
/// <param name="LatencyMs">Of the last answer; null where the last check got none.</param>
/// <param name="Height">Of its wallet or chain; null where it is not known.</param>
/// <param name="Incident">The id of what is wrong with it; null while nothing is.</param>
public sealed record NodeRow(NodeView Node, double? LatencyMs, long? Height, string? Incident);
