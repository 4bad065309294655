using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A node of a <see cref="FleetSnapshot"/>: as it is stored, and as it is shown.</summary>
internal sealed record FleetNode(NodeRecord Record, NodeView View);
