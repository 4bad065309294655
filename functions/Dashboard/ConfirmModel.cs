using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is asked once more before it is done.</summary>
/// <param name="WillHappen">In sentences.</param>
public sealed record ConfirmModel(NodeView Node, OrderVerb Verb, ImmutableArray<string> WillHappen)
{
    internal static ConfirmModel Of(NodeView node, OrderVerb verb) => new(node, verb, [.. Sentences(node, verb)]);

    private static IEnumerable<string> Sentences(NodeView node, OrderVerb verb)
    {
        if (node.Silent)
        {
            yield return "Its agent is silent: the order waits for 5 min, and is not carried out when the agent does not take it by then.";
        }

        if (node.Manage == NodeManage.Watch)
        {
            yield return $"Its agent only watches it: this goes through its systemd unit{(verb == OrderVerb.Disable ? ", and it is not watched any more" : "")}.";
        }
        else
        {
            yield return "Its agent has the wallet saved (store), lets it end by itself (stop_wallet), and sends SIGTERM. SIGKILL follows only when its stop budget is used up: 230 s, unless agent.json says otherwise.";
            yield return "What is not saved by then may have to be scanned again, and notes, labels and transaction keys written since the last save may be missing. The seed and the funds are not touched.";
        }

        yield return verb switch
        {
            OrderVerb.Restart => "Then it is started again, its wallet is opened, and its height is compared with the one before: that is the proof, which you can follow on the next page.",
            OrderVerb.Stop => "It stays stopped until somebody starts it, also after a reboot. It is not alerted meanwhile, and counts as disabled.",
            _ => "It is not supervised, probed, counted or alerted until somebody enables it.",
        };
        yield return "Who calls it meanwhile gets no answer.";
    }
}
