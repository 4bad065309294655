using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A monitor as the commands ask it, and what they say and end with when it gives no good answer.</summary>
internal sealed class RemoteMonitor(MonitorClient client, CommandShell shell)
{
    private const int MostKnown = 20;

    public MonitorClient Client => client;

    public CommandShell Shell => shell;

    /// <summary>Says on the error output why there is no good answer.</summary>
    /// <returns>The exit code.</returns>
    public int Fail<T>(MonitorReply<T> reply)
        where T : class
    {
        var (text, exit) = Explain(reply);
        return shell.Fail(exit, text);
    }

    /// <summary>Why there is no good answer, and with which exit code a command ends for it.</summary>
    public (string Text, int Exit) Explain<T>(MonitorReply<T> reply)
        where T : class => reply switch
        {
            MonitorReply<T>.Refused { Candidates: { IsEmpty: false } candidates } refused => (Meant(refused, candidates), ExitCode.Usage),
            MonitorReply<T>.Refused { Status: 400 or 404 } refused => (refused.Text, ExitCode.Usage),
            MonitorReply<T>.Refused { Status: 401 } refused => ($"{client.Address} does not take the key: {refused.Text}", ExitCode.Failed),
            MonitorReply<T>.Refused refused => (refused.Text, ExitCode.Failed),
            MonitorReply<T>.NoAnswer none => ($"the monitor at {client.Address} {none.Reason}", ExitCode.Failed),
            _ => throw new InvalidOperationException(reply.GetType().Name),
        };

    /// <summary>As the other; of a node that is not known, it names those that are.</summary>
    public async Task<int> FailAsync<T>(MonitorReply<T> reply, string node, CancellationToken cancellation)
        where T : class
    {
        if (reply is not MonitorReply<T>.Refused { Status: 404 } || await client.NodesAsync(null, cancellation) is not MonitorReply<NodeList>.Got { Value: var list })
        {
            return Fail(reply);
        }

        var ids = list.Nodes.Select(n => n.Id).Take(MostKnown).ToList();
        var more = list.Next is not null || list.Nodes.Length > MostKnown ? ", ..." : "";
        return shell.Fail(ExitCode.Usage, ShownText.Printable($"there is no node '{node}'; known: {(ids.Count == 0 ? "none" : string.Join(", ", ids))}{more}"));
    }

    /// <summary>All nodes as they are stored, page by page; null when the exit code says why not.</summary>
    public async Task<(List<NodeView>? Nodes, int Exit)> NodesAsync(CancellationToken cancellation)
    {
        var (nodes, failure) = await ReadNodesAsync(cancellation);
        return failure is null ? (nodes, ExitCode.Working) : (null, Fail(failure));
    }

    /// <summary>The same, with the reply that is no good answer; null when all were read.</summary>
    public async Task<(List<NodeView> Nodes, MonitorReply<NodeList>? Failure)> ReadNodesAsync(CancellationToken cancellation)
    {
        var nodes = new List<NodeView>();
        string? after = null;
        do
        {
            var reply = await client.NodesAsync(after, cancellation);
            if (reply is not MonitorReply<NodeList>.Got { Value: var page })
            {
                return (nodes, reply);
            }

            nodes.AddRange(page.Nodes);
            after = page.Nodes.IsEmpty ? null : page.Next;
        }
        while (after is not null);

        return (nodes, null);
    }

    private static string Meant<T>(MonitorReply<T>.Refused refused, IEnumerable<string> candidates)
        where T : class
    {
        var ids = candidates.ToList();
        return ids.TrueForAll(id => refused.Detail.Contains(id, StringComparison.Ordinal)) ? refused.Text : $"{refused.Text}; it could be {string.Join(", ", ids)}";
    }
}
