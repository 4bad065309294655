using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Where a node's ladder is written down. A disk that is full keeps nobody from saving and stopping a wallet: what cannot be written is said in the
/// agent's log, and the ladder goes on.
/// </summary>
internal sealed class LadderBook(NodeName node, NodeContext context)
{
    public void Tell(DateTimeOffset at, NodeFact fact) => Write("tell of a step", () => context.Events.Add(node, at, fact));

    /// <summary>For the agent that may have to go on with it.</summary>
    /// <param name="view">Null when it is over.</param>
    public void Keep(LadderView? view) => Write("keep a step", () => context.Journal.Append(node, new JournalRecord.Climbing(node, view), durable: false));

    private void Write(string what, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Log.Write(node.ToString(), $"cannot {what}: {e.Message}");
        }
    }
}
