using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A node's past in numbers, for its page.</summary>
/// <param name="Hours">Of the last 7 days, oldest first.</param>
public sealed record NodePastModel(ImmutableArray<UptimePeriod> Uptime, ImmutableArray<RollupView> Hours);
