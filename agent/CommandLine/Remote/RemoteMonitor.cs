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
        where T : class => reply switch
        {
            MonitorReply<T>.Refused { Candidates: { IsEmpty: false } candidates } refused => shell.Fail(ExitCode.Usage, Meant(refused, candidates)),
            MonitorReply<T>.Refused { Status: 400 or 404 } refused => shell.Fail(ExitCode.Usage, refused.Text),
            MonitorReply<T>.Refused { Status: 401 } refused => shell.Fail(ExitCode.Failed, $"{client.Address} does not take the key: {refused.Text}"),
            MonitorReply<T>.Refused refused => shell.Fail(ExitCode.Failed, refused.Text),
            MonitorReply<T>.NoAnswer none => shell.Fail(ExitCode.Failed, $"the monitor at {client.Address} {none.Reason}"),
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
        var nodes = new List<NodeView>();
        string? after = null;
        do
        {
            var reply = await client.NodesAsync(after, cancellation);
            if (reply is not MonitorReply<NodeList>.Got { Value: var page })
            {
                return (null, Fail(reply));
            }

            nodes.AddRange(page.Nodes);
            after = page.Nodes.IsEmpty ? null : page.Next;
        }
        while (after is not null);

        return (nodes, ExitCode.Working);
    }

    private static string Meant<T>(MonitorReply<T>.Refused refused, IEnumerable<string> candidates)
        where T : class
    {
        var ids = candidates.ToList();
        return ids.TrueForAll(id => refused.Detail.Contains(id, StringComparison.Ordinal)) ? refused.Text : $"{refused.Text}; it could be {string.Join(", ", ids)}";
    }
}
