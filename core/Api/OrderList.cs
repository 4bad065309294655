using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>The last orders about a node.</summary>
/// <param name="Node">Its id.</param>
/// <param name="Orders">Newest first.</param>
public sealed record OrderList(string Node, ImmutableArray<OrderView> Orders);
