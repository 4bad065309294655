namespace MoneroCloud.Core;

/// <summary>How <c>get_height</c> of a wallet-rpc ended.</summary>
public abstract record HeightReply
{
    private HeightReply()
    {
    }

    public sealed record Answered(WalletAnswer Wallet) : HeightReply;

    public sealed record NoAnswer(ApiAnswer Why) : HeightReply;
}
