using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads what a node's page shows: its row is at hand, and what is around it is a few short ranges of its shard.</summary>
internal sealed class NodeReader(ApiParts parts)
{
    private const int MostHistory = 30;

    private static readonly TimeSpan Freshest = TimeSpan.FromSeconds(5);

    private static readonly JsonSerializerOptions Indented = new(CoreJson.Default.Options) { WriteIndented = true };

    private readonly SubjectHistory _history = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<SubjectHistory>());
    private readonly OrderBook _orders = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<OrderBook>());
    private readonly NodePastCache _past = new(parts.Monitor);
    private readonly IncidentBook _incidents = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<IncidentBook>());

    public async Task<NodeModel> ReadAsync(NodeRecord node, DateTimeOffset now, CancellationToken cancellation)
    {
        var policy = parts.Monitor.Policy;
        var agent = AgentAsync(node.Id, now, cancellation);
        var open = OpenIncidentAsync(node, cancellation);
        var past = PastAsync(new KnownNode(node, agent), now, cancellation);
        await Task.WhenAll(agent, open, past);
        var (kept, history) = await past;
        var orders = await _orders.OfAsync(OrderMark.Placed(history.Entries).Union(kept.Orders).Take(PastReader.MostOrders), cancellation);
        ImmutableArray<HistoryEntry> entries = [.. history.Entries.Take(MostHistory)];
        return new NodeModel(
            NodeViews.Of(node, await agent, policy, now),
            await open is { } incident ? IncidentView.Of(incident, now) : null,
            NodePastKept.ProofOf(entries) ?? orders.Select(o => o.Outcome?.Proof).FirstOrDefault(p => p is not null) ?? kept.Proof,
            [.. orders],
            entries,
            history.Next is not null || history.Entries.Length > MostHistory,
            [.. NodeEvidenceText.Of(node)],
            [.. NodeHeights.Of(node)],
            [.. ProcessFacts(node)],
            [.. Configuration(node, policy)],
            node.WorkedData is { } data ? JsonSerializer.Serialize(data, Indented) : null,
            kept.Past);
    }

    /// <summary>Whoever comes from a list has it read already. An agent of yesterday is no witness of a node's silence: only one as young as all else that is shown.</summary>
    private Task<AgentRecord?> AgentAsync(NodeId id, DateTimeOffset now, CancellationToken cancellation) =>
        NodeViews.IsRemote(id) ? Task.FromResult<AgentRecord?>(null)
        : parts.Fleet.Last is { } fleet && now - fleet.ReadAt <= Freshest && fleet.AgentOf(id.Agent) is { } known ? Task.FromResult<AgentRecord?>(known)
        : parts.Directory.AgentAsync(id.Agent, cancellation);

    /// <summary>A history that had to be read for the past is not read twice.</summary>
    private async Task<(NodePastKept Kept, HistoryView History)> PastAsync(KnownNode node, DateTimeOffset now, CancellationToken cancellation)
    {
        var (kept, newest) = _past.Find(node.Node.Id, now) is { } known ? (known, null) : await _past.ReadAsync(node, now, cancellation);
        return (kept, newest is { } read && (read.Next is null || read.Entries.Length >= MostHistory) ? read : await _history.ReadAsync(node.Node.Id.ToString(), null, MostHistory, cancellation));
    }

    /// <summary>An incident opens with an outage and ends with it at the latest: where there is none, and none is known from elsewhere, there is nothing to read.</summary>
    private async Task<Incident?> OpenIncidentAsync(NodeRecord node, CancellationToken cancellation)
    {
        var id = node.Id.ToString();
        var mayBe = node.Outage is not null || parts.Fleet.Last?.Incidents.ContainsKey(id) == true;
        return mayBe && await _incidents.ListAsync(new IncidentFilter { Subject = id }, 1, cancellation) is { Incidents: [var incident] } ? incident : null;
    }

    private static IEnumerable<Fact> ProcessFacts(NodeRecord node)
    {
        if (node.Identity is { } identity)
        {
            yield return new("pid", $"{identity.Pid}");
            yield return new("start", $"{identity.StartTicks} ticks after boot");
            yield return new("boot", identity.BootId);
            if (identity.Marker is { } marker)
            {
                yield return new("marker", marker);
            }

            if (identity.Executable is { } executable)
            {
                yield return new("executable", executable);
            }
        }

        if (node.Phase is { } phase)
        {
            yield return new("phase", phase);
        }

        yield return new("restarts", $"{node.Restarts}");
        if (node.Breaker is { } breaker)
        {
            yield return new("breaker", breaker.Text());
        }

        yield return new("wanted", node.Desired is DesiredState.Stopped stopped ? $"stopped by {stopped.By} at {Words.Time(stopped.At)}" : "running");
    }

    /// <summary>Whether there is a login is said, and never what it is.</summary>
    private static IEnumerable<Fact> Configuration(NodeRecord node, MonitorPolicy policy)
    {
        yield return new("kind", node.Kind == NodeKind.Daemon ? "monerod" : "monero-wallet-rpc");
        yield return new("managed by", NodeViews.IsRemote(node.Id) ? "nobody here: it is remote" : node.Manage == NodeManage.Own ? "its agent" : $"somebody else; its agent watches it{(node.Restartable ? " and can restart its unit" : "")}");
        if (node.Port != 0)
        {
            yield return new("port", $"{node.Port}{(node.Tls ? ", TLS" : "")}");
        }

        yield return new("wallet", node.Kind == NodeKind.Daemon ? "none: it is a daemon" : node.WalletDeclared ? "declared: it has to be open" : "none is declared");
        if (node.DaemonId() is { } daemon)
        {
            yield return new("daemon", daemon.ToString());
        }

        yield return new("available", node.Available ? "yes" : "no: neither probed nor counted");
        if (policy.Targets.GetValueOrDefault(node.Id) is { } target)
        {
            yield return new("probed at", $"{target.Address.GetLeftPart(UriPartial.Authority)}, {(target.Login is null ? "without" : "with")} a login");
        }

        foreach (var (name, value) in node.Labels ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            yield return new($"label {name}", value);
        }
    }
}
