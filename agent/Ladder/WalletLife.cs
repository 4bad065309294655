using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What is known of the wallet in one life of its process: what an end would cost is judged by it.</summary>
internal sealed record WalletLife
{
    public static WalletLife Unknown { get; } = new();

    /// <summary>Is a wallet open? Null when that is not known.</summary>
    public bool? Open { get; init; }

    /// <summary>The last height it told.</summary>
    public long? Height { get; init; }

    /// <summary>When the agent opened it; null when it did not.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When the wallet last said that it had saved.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>It said that it saves and ends, so nothing comes after that save.</summary>
    public bool Ending { get; init; }

    /// <summary>What it said when it could not save; null when it did not say so.</summary>
    public string? SaveRefused { get; init; }

    /// <summary>With what a look at the node's API says.</summary>
    public WalletLife Seen(ApiAnswer answer) => answer is ApiAnswer.Answered answered ? Seen(answered.Wallet) : this;

    /// <summary>With the answer to <c>get_height</c>; null where there was none.</summary>
    public WalletLife Seen(HeightReply? height) => height is HeightReply.Answered answered ? Seen(answered.Wallet) : this;

    /// <summary>With the answer to a request to save.</summary>
    public WalletLife Stored(RpcReply reply, DateTimeOffset at) => reply switch
    {
        RpcReply.Done => this with { Open = true, SavedAt = at, SaveRefused = null },
        RpcReply.Error { Code: -13 } => this with { Open = false },
        RpcReply.Error error => this with { Open = true, SaveRefused = $"error {error.Code}, {error.Message}" },
        _ => this,
    };

    private WalletLife Seen(WalletAnswer wallet) => wallet switch
    {
        WalletAnswer.Open open => this with { Open = true, Height = open.Height },
        WalletAnswer.NotOpen => this with { Open = false },
        _ => this,
    };
}
