using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is known of a node, picked out of what its host and the monitor saw. Pure.</summary>
internal static class NodeFacts
{
    private const int LongestMessage = 220;

    /// <summary>Of the newest answer: the host's, or the monitor's own probe where that is newer.</summary>
    public static ApiAnswer? Answer(NodeRecord node) => (node.Host, node.Probe) switch
    {
        ({ } host, { } probe) => probe.At > host.ReceivedAt ? probe.Answer : host.Seen.Evidence.Api,
        ({ } host, null) => host.Seen.Evidence.Api,
        (null, { } probe) => probe.Answer,
        _ => null,
    };

    /// <summary>Null where the last check got no answer.</summary>
    public static double? LatencyMs(NodeRecord node) => (Answer(node) as ApiAnswer.Answered)?.Latency.TotalMilliseconds;

    /// <summary>The wallet's height, or the daemon's own; null where it is not known.</summary>
    public static long? Height(NodeRecord node) => Answer(node) switch
    {
        ApiAnswer.Answered { Wallet: WalletAnswer.Open open } => open.Height,
        ApiAnswer.Answered { Chain: ChainAnswer.Told { Height: { } height } } => height,
        _ => node.Host?.Seen.Evidence.Chain.Height,
    };

    /// <summary>Of a wallet: where its daemon is; null where it is not known.</summary>
    public static long? DaemonHeight(NodeRecord node) => node.Kind == NodeKind.Daemon ? null : node.Host?.Seen.Evidence.Chain.DaemonHeight;

    public static string Milliseconds(double? ms) => ms is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} ms") : "";

    /// <summary>For a list; the node's own page has all of it.</summary>
    public static string Short(string text) => text.Length <= LongestMessage ? text : $"{text[..(LongestMessage - 3)]}...";
}
