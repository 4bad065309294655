using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What <c>GET /api/silences</c> answers.</summary>
/// <param name="Silences">Those that are active first, then those to come, then those that have ended; of each the one that ends or ended last first.</param>
public sealed record SilenceList(ImmutableArray<SilenceView> Silences);
