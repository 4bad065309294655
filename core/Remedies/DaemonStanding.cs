namespace MoneroCloud.Core;

/// <summary>The daemon of a wallet, as far as the monitor knows.</summary>
/// <param name="Name">The same for all nodes that share it.</param>
internal sealed record DaemonStanding(string Name, bool IsDown)
{
    /// <param name="wallet">As it is stored.</param>
    /// <param name="daemon">The record of the node that is its daemon; null where it is none that the monitor knows.</param>
    public static DaemonStanding? Of(NodeRecord wallet, NodeRecord? daemon)
    {
        if (wallet.Kind == NodeKind.Daemon)
        {
            return null;
        }

        var seen = wallet.Host?.Seen.Evidence.Daemon is DaemonSighting.Refuses or DaemonSighting.Silent;

        // Of a daemon without a name nobody can say which wallets share it: then all of the host might.
        var name = wallet.Daemon is { } node ? new NodeId(wallet.Id.Agent, node).ToString() : $"{wallet.Id.Agent}'s daemon";
        return new DaemonStanding(name, seen || daemon?.CountedState() == HealthState.Down);
    }
}
