using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Finds the living children of earlier agents by the marker in their environment, with or without a state folder.
/// Only this installation's are taken; another's are never touched.
/// </summary>
internal static class Adoption
{
    /// <summary>A spawn of the agent before may still be between fork and exec, where no marker shows yet.</summary>
    private static readonly TimeSpan LookAgainFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgainEvery = TimeSpan.FromMilliseconds(50);

    public static async Task<Dictionary<NodeName, AdoptableProcess>> FindAsync(NodeContext context, AgentConfig config, CancellationToken cancellation)
    {
        var deadline = context.Clock.Now + LookAgainFor;
        var all = Look(context.Marker);
        while (config.Nodes.Any(n => IsMissing(context, n.Name, all)) && context.Clock.Now < deadline)
        {
            await Task.Delay(LookAgainEvery, context.Clock.Provider, cancellation);
            Drop(all);
            all = Look(context.Marker);
        }

        return Choose(context, config, all);
    }

    // An intent whose child has not been seen, and whose end was not journalled.
    private static bool IsMissing(NodeContext context, NodeName node, List<AdoptableProcess> all) =>
        context.Journal.Of(node) is { Marker: not null, Identity: null } && all.All(p => p.Node != node);

    /// <summary>The living children of this installation that are there at this moment. The receiver owns the handles.</summary>
    public static List<AdoptableProcess> Look(Marker mine)
    {
        var search = ProcessFinder.Find(mine.Prefix);
        var adoptable = new List<AdoptableProcess>();
        foreach (var found in search.Found)
        {
            if (found.IsLeader && found.Identity.Marker is { } marker && mine.NodeOf(marker) is { } node)
            {
                adoptable.Add(new AdoptableProcess(node, found.Identity, found.PidFd, ClockTicks.AgeOf(found.Identity.StartTicks)));
            }
            else
            {
                found.PidFd.Dispose();
            }
        }

        return adoptable;
    }

    /// <summary>The living child of this installation for one node; null when there is none. The receiver owns the handle.</summary>
    public static AdoptableProcess? Find(NodeContext context, NodeName node)
    {
        var all = Look(context.Marker);
        var found = all.Where(p => p.Node == node).MaxBy(p => p.Age);
        Drop([.. all.Where(p => p != found)]);
        return found;
    }

    private static Dictionary<NodeName, AdoptableProcess> Choose(NodeContext context, AgentConfig config, List<AdoptableProcess> all)
    {
        var chosen = new Dictionary<NodeName, AdoptableProcess>();
        foreach (var group in all.GroupBy(p => p.Node))
        {
            // The journalled one first, else the oldest: it has the port.
            var journaled = context.Journal.Of(group.Key).Marker;
            var best = group.OrderByDescending(p => p.Identity.Marker == journaled).ThenByDescending(p => p.Age).First();
            if (config.Find(group.Key) is { Manage: NodeManage.Own })
            {
                chosen[group.Key] = best;
            }

            foreach (var other in group.Where(p => p != best || !chosen.ContainsKey(group.Key)))
            {
                context.Log.Write(group.Key.ToString(), $"pid {other.Identity.Pid} carries this agent's marker but is not supervised; it is left alone");
                other.PidFd.Dispose();
            }
        }

        return chosen;
    }

    private static void Drop(List<AdoptableProcess> all) => all.ForEach(p => p.PidFd.Dispose());
}
