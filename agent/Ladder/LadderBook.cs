using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Where a node's ladder is written down. Neither list refuses: a disk that is full keeps nobody from saving and stopping a wallet.</summary>
internal sealed class LadderBook(NodeName node, NodeContext context)
{
    public void Tell(DateTimeOffset at, NodeFact fact) => context.Events.Add(node, at, fact);

    /// <summary>For the agent that may have to go on with it.</summary>
    /// <param name="view">Null when it is over.</param>
    public void Keep(LadderView? view) => context.Journal.Append(node, new JournalRecord.Climbing(node, view), durable: false);
}
