using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What <c>GET /api/alerts</c> answers.</summary>
/// <param name="Pending">Still on their way, those that are due first.</param>
/// <param name="Ended">Delivered or refused for good, newest first.</param>
public sealed record AlertList(ImmutableArray<AlertView> Pending, ImmutableArray<AlertView> Ended)
{
    /// <summary>There may be more than are listed, newer ones among them where no subject is named: a limit or a bound was reached. Null when there are not.</summary>
    public bool? Truncated { get; init; }
}
