namespace MoneroCloud.Core;

/// <summary>What a daemon said of its chain, as the rows read it: with ages, and without what means nothing for such a daemon.</summary>
internal static class ChainReading
{
    /// <summary>
    /// <paramref name="chain"/>, which has the comparison with others, with the daemon's own word. A daemon that stands alone on purpose, by
    /// <c>--offline</c> or on a regtest chain, has no peers to miss and no blocks to wait for.
    /// </summary>
    /// <param name="at">When it was said.</param>
    public static ChainSighting With(this ChainSighting chain, ChainAnswer.Told told, DateTimeOffset at)
    {
        var alone = told.Offline == true || told.Network == ChainNetwork.Regtest;
        return chain with
        {
            Height = told.Height ?? chain.Height,
            LastBlockAge = alone || told.LastBlockAt is not { } last ? null : at > last ? at - last : TimeSpan.Zero,
            Peers = alone ? null : told.Peers,
            SyncsTo = told.TargetHeight > told.Height ? told.TargetHeight : null,
        };
    }
}
