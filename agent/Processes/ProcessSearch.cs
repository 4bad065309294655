using System.Collections.Immutable;

namespace MoneroCloud.Agent;

/// <summary>What a search through /proc found.</summary>
/// <param name="Refused">Living processes whose environment we may not read: there may be more of ours than found.</param>
internal sealed record ProcessSearch(ImmutableArray<FoundProcess> Found, int Refused);
