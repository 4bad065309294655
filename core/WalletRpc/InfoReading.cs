namespace MoneroCloud.Core;

/// <summary>From what a daemon wrote into <c>get_info</c> to what is believed of it. Nothing it writes is an error: what cannot be is not known.</summary>
internal static class InfoReading
{
    /// <summary>At a block every two minutes, the next 3,800 years.</summary>
    private const long MostBlocks = 1_000_000_000;

    private const long MostPeers = 1_000_000;
    private const int HashLength = 64;

    /// <summary>OK, BUSY, PAYMENT REQUIRED; it is told further, so nothing of another form is taken.</summary>
    private const int LongestStatus = 20;

    /// <summary>
    /// Of a bootstrap daemon's answer (<c>untrusted</c>) only what is the daemon's own: its height. A restricted RPC reports no peers, whatever
    /// is true.
    /// </summary>
    public static ChainAnswer.Told Of(InfoResult info)
    {
        var restricted = info.Restricted == true || info.StartTime == 0;
        var told = new ChainAnswer.Told
        {
            Network = NetworkOf(info),
            Height = Blocks(info.Untrusted == true ? info.HeightWithoutBootstrap : info.Height),
            Offline = info.Offline,
            Restricted = restricted,
            Status = info.Status is { Length: > 0 and <= LongestStatus } status && status.All(c => c is (>= 'A' and <= 'Z') or ' ') ? status : null,
        };
        return info.Untrusted == true ? told : told with
        {
            TopHash = Hash(info.TopBlockHash),
            Peers = restricted ? null : Peers(info.IncomingConnectionsCount, info.OutgoingConnectionsCount),
            Synchronized = info.Synchronized,
            TargetHeight = Blocks(info.TargetHeight),
        };
    }

    /// <summary>Null for the first block's 0, and for what no calendar has.</summary>
    public static DateTimeOffset? TimeOf(HeaderBody? header) =>
        header?.Timestamp is > 0 and var seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Lower case; null when it is none, and for the zeros that a daemon gives for a height above its top.</summary>
    public static string? Hash(string? text) =>
        text is { Length: HashLength } && text.All(char.IsAsciiHexDigit) && text.Any(digit => digit != '0') ? text.ToLowerInvariant() : null;

    private static ChainNetwork? NetworkOf(InfoResult info) => info.Nettype switch
    {
        "mainnet" => ChainNetwork.Mainnet,
        "testnet" => ChainNetwork.Testnet,
        "stagenet" => ChainNetwork.Stagenet,
        "fakechain" => ChainNetwork.Regtest,
        _ when info.Mainnet == true => ChainNetwork.Mainnet,
        _ when info.Testnet == true => ChainNetwork.Testnet,
        _ when info.Stagenet == true => ChainNetwork.Stagenet,
        _ => null,
    };

    private static long? Blocks(long? height) => height is > 0 and <= MostBlocks ? height : null;

    private static int? Peers(long? incoming, long? outgoing) =>
        incoming is >= 0 and <= MostPeers && outgoing is >= 0 and <= MostPeers ? (int)(incoming + outgoing) : null;
}
