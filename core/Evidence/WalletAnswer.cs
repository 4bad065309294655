using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What <c>get_height</c> said beside a good <c>get_version</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NotAsked), "not_asked")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(NotOpen), "not_open")]
[JsonDerivedType(typeof(NoDaemon), "no_daemon")]
[JsonDerivedType(typeof(Error), "error")]
public abstract record WalletAnswer
{
    private WalletAnswer()
    {
    }

    /// <summary>No wallet is declared, or the node is a daemon.</summary>
    public sealed record NotAsked : WalletAnswer;

    /// <param name="Height">The wallet's height, in blocks.</param>
    public sealed record Open(long Height) : WalletAnswer;

    /// <summary>Error -13: no wallet is open.</summary>
    public sealed record NotOpen : WalletAnswer;

    /// <summary>Error -38: the wallet has no connection to its daemon.</summary>
    public sealed record NoDaemon : WalletAnswer;

    public sealed record Error(int Code) : WalletAnswer;
}
