namespace MoneroCloud.Agent;

/// <summary>What a node says about its wallet.</summary>
/// <param name="Config">Null when no wallet is declared.</param>
/// <param name="FileMode">It is on the command line (<c>--wallet-file</c>).</param>
/// <param name="AddedPasswordFile">The file that the agent names with <c>--password-file</c>; null when none is added.</param>
internal sealed record DeclaredWallet(WalletConfig? Config, bool FileMode, string? AddedPasswordFile)
{
    public static DeclaredWallet None { get; } = new(null, false, null);
}
