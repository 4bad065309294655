using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a node's stored evidence says in numbers; null where it does not say. Never an amount of money. Pure.</summary>
internal static class NodeSightings
{
    /// <summary>While somebody sees it: what was seen before a node was silent is not its height now.</summary>
    public static long? WalletHeight(NodeRecord node) => Answer(node) is ApiAnswer.Answered { Wallet: WalletAnswer.Open open } ? open.Height : null;

    public static long? DaemonHeight(NodeRecord node) =>
        Answer(node) is ApiAnswer.Answered { Chain: ChainAnswer.Told { Height: { } own } } ? own : node.Host?.Seen.Evidence.Chain.DaemonHeight;

    public static long? AcceptQueue(NodeRecord node) => node.Host?.Seen.Evidence.Port switch
    {
        PortSighting.Own own => own.AcceptQueue,
        PortSighting.NotPermitted other => other.AcceptQueue,
        _ => null,
    };

    /// <summary>The younger of what its host and the monitor's own probe got.</summary>
    private static ApiAnswer? Answer(NodeRecord node) =>
        node.Probe is { } probe && !(node.Host?.ReceivedAt > probe.At) ? probe.Answer : node.Host?.Seen.Evidence.Api;
}
