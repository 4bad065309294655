using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Opens the declared wallet again after a restart. Called only after a -13: opening the wallet that is already open,
/// or trying it with a wrong password, silently drops the kernel lock on its files.
/// </summary>
internal static class WalletOpener
{
    /// <summary>Null on success, otherwise why not.</summary>
    public static async Task<string?> OpenAsync(NodeConfig node, SupervisedProcess process, TimeSpan budget, TimeProvider time, CancellationToken cancellation)
    {
        if (node.Wallet is not { Password: { } password } wallet)
        {
            return "no wallet is declared that the agent may open";
        }

        using var client = NodeRpc.ClientFor(node, budget, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var open = client.OpenWalletAsync(wallet.File, password.Reveal(), budget, ended.Token);
        if (await Task.WhenAny(open, process.Exited) != open)
        {
            await ended.CancelAsync();
            await Task.WhenAny(open);
            return "the process ended meanwhile";
        }

        return await open switch
        {
            RpcReply.Done => null,
            RpcReply.Error error => $"the wallet refused: error {error.Code} (wrong password, missing or damaged file, or locked by another process: they look alike)",
            RpcReply.NoAnswer noAnswer => $"no answer: {noAnswer.Why.GetType().Name}",
            _ => "unexpected reply",
        };
    }
}
