using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Where some alerts go. Routes are read in their order; the first that fits decides, unless it says to go on.</summary>
/// <param name="Match">Which alerts.</param>
/// <param name="Channels">By name; none: these alerts go nowhere, and that is shown.</param>
/// <param name="GoOn">The routes behind it are read too.</param>
public sealed record AlertRoute(AlertMatcher Match, ImmutableArray<string> Channels, bool GoOn);
