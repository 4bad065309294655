namespace MoneroCloud.Agent;

/// <summary>The wallet a walletRpc node must have open.</summary>
/// <param name="File">The wallet's file name inside <paramref name="Directory"/>, as <c>open_wallet</c> takes it.</param>
/// <param name="Password">Its password; may be empty. Null for a watched node, whose wallet the agent never opens.</param>
/// <param name="Directory">The <c>--wallet-dir</c>, absolute.</param>
internal sealed record WalletConfig(string File, Secret? Password, string Directory)
{
    /// <summary>The file that carries the kernel lock while the wallet is open.</summary>
    public string KeysFile => Path.Combine(Directory, File + ".keys");
}
