using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a node's stored evidence says in numbers; null where it does not say. Never an amount of money.</summary>
internal sealed record NodeSightings(string Id, long? WalletHeight, long? DaemonHeight, long? AcceptQueue)
{
    /// <summary>While somebody sees it: what was seen before a node was silent is not its height now. Pure.</summary>
    public static NodeSightings Of(FleetNode node)
    {
        var (answer, evidence) = (Answer(node.Record), node.Record.Host?.Seen.Evidence);
        return new NodeSightings(
            node.View.Id,
            answer is ApiAnswer.Answered { Wallet: WalletAnswer.Open open } ? open.Height : null,
            answer is ApiAnswer.Answered { Chain: ChainAnswer.Told { Height: { } height } } ? height : evidence?.Chain.DaemonHeight,
            evidence?.Port switch { PortSighting.Own own => own.AcceptQueue, PortSighting.NotPermitted other => other.AcceptQueue, _ => null });
    }

    /// <summary>The younger of what its host and the monitor's own probe got.</summary>
    private static ApiAnswer? Answer(NodeRecord node) =>
        node.Probe is { } probe && !(node.Host?.ReceivedAt > probe.At) ? probe.Answer : node.Host?.Seen.Evidence.Api;
}
