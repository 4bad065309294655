namespace MoneroCloud.Core;

/// <summary>The wire form of <c>open_wallet</c>.</summary>
internal sealed class OpenWalletCall
{
    public string Jsonrpc { get; } = "2.0";

    public string Id { get; } = "0";

    public string Method { get; } = "open_wallet";

    public required OpenWalletParams Params { get; init; }
}
