using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What one report says of one node: its part of the inventory and of the state, and the agent's events in their order.</summary>
/// <param name="State">Null where the report had no room for it.</param>
internal sealed record NodeReport(NodeId Id, ReportNumber Number, ReportedNode? State, ImmutableArray<NodeEvent> Events);
