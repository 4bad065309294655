using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>How far an order is.</summary>
public sealed record OrderModel(OrderView Order);
