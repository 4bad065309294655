using System.Buffers;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What the agent tells Prometheus: its nodes as its own health machine has them, their processes, and itself.</summary>
internal sealed class AgentPage(Agent agent, MonitorLink link, EventTally tally, AgentClock clock)
{
    private int _room = 8 << 10;

    public ReadOnlyMemory<byte> Text(MetricsFormat format)
    {
        var text = new ArrayBufferWriter<byte>(_room);
        var to = new MetricsWriter(format, text);
        List<(string Id, NodeSnapshot View)> nodes = [.. agent.Nodes.Select(n => ($"{new NodeId(agent.Config.Agent, n.Key)}", n.Value.Current))];
        Nodes(to, nodes);
        Hosts(to, nodes);
        Counts(to);
        Itself(to);
        ProcessMetrics.Write(to, HostProcesses.Own(clock.Wall));
        to.End();
        _room = text.WrittenCount + (text.WrittenCount / 4);
        return text.WrittenMemory;
    }

    private void Nodes(MetricsWriter to, List<(string Id, NodeSnapshot View)> nodes)
    {
        to.Begin(NodeMetrics.Info);
        foreach (var (id, view) in nodes)
        {
            to.Sample(1, id, $"{agent.Config.Agent}", $"{view.Config.Kind}", $"{view.Config.Manage}");
        }

        Each(to, NodeMetrics.Up, nodes, v => StateOf(v) switch { HealthState.Unknown or HealthState.Disabled => null, HealthState.Down => 0, _ => 1 });
        to.Begin(NodeMetrics.State);
        foreach (var (id, view) in nodes)
        {
            to.Sample(1, id, $"{StateOf(view)}", $"{view.Health.Condition}");
        }

        Each(to, NodeMetrics.StateSince, nodes, v => Seconds(v.Health.Since));
        Each(to, NodeMetrics.LastCheck, nodes, v => v.Health.Last is null ? null : Seconds(v.Health.LastCheck));
        Each(to, NodeMetrics.Restarts, nodes, v => v.Restarts);
        Each(to, NodeMetrics.WalletHeight, nodes, v => v.Evidence?.Api is ApiAnswer.Answered { Wallet: WalletAnswer.Open open } ? open.Height : null);
        Each(to, NodeMetrics.DaemonHeight, nodes, v => v.Evidence?.Api is ApiAnswer.Answered { Chain: ChainAnswer.Told { Height: { } own } } ? own : v.Evidence?.Chain.DaemonHeight);
        Each(to, NodeMetrics.AcceptQueue, nodes, v => v.Evidence?.Port switch { PortSighting.Own own => own.AcceptQueue, PortSighting.NotPermitted other => other.AcceptQueue, _ => null });
        Each(to, NodeMetrics.BreakerOpen, nodes, v => v.Config.IsRestartable ? (v.Breaker is null ? 0 : 1) : null);
        NodeMetrics.WriteChecks(to, [.. nodes.Select(n => (n.Id, n.View.Tally))], buckets: true);
    }

    private void Hosts(MetricsWriter to, List<(string Id, NodeSnapshot View)> nodes)
    {
        to.Begin(HostMetrics.Phase);
        foreach (var (id, view) in nodes)
        {
            to.Sample(1, id, PhaseText.Of(view.Phase));
        }

        Each(to, HostMetrics.RpcUp, nodes, v => v.Evidence?.Api switch { null or ApiAnswer.NotAsked or ApiAnswer.OwnFailure => null, ApiAnswer.Answered => 1, _ => 0 });
        var now = clock.Wall;
        var running = nodes.Select(n => (n.Id, Stat: HostProcesses.Of(n.View.Process?.Identity))).Where(n => n.Stat is not null).Select(n => (n.Id, Stat: n.Stat!.Value)).ToList();
        Each(to, HostMetrics.ProcessStart, running, p => Math.Round(Seconds(HostProcesses.StartedAt(p, now))!.Value, 1));
        Each(to, HostMetrics.ProcessCpu, running, p => p.CpuUsed.TotalSeconds);
        Each(to, HostMetrics.ProcessResident, running, p => HostProcesses.ResidentBytes(p));
        Each(to, HostMetrics.ProcessThreads, running, p => p.Threads);
        Each(to, HostMetrics.ProcessFiles, running, p => HostProcesses.OpenFilesOf(p.Pid));
    }

    private void Counts(MetricsWriter to)
    {
        to.Begin(HostMetrics.Exits);
        foreach (var (node, cause, count) in tally.Exits())
        {
            to.Sample(count, $"{new NodeId(agent.Config.Agent, node)}", $"{cause}");
        }

        to.Begin(HostMetrics.Stops);
        foreach (var (node, state, count) in tally.Proofs())
        {
            to.Sample(count, $"{new NodeId(agent.Config.Agent, node)}", $"{state}");
        }
    }

    private void Itself(MetricsWriter to)
    {
        var (name, status) = ($"{agent.Config.Agent}", link.Status);
        to.Begin(AgentMetrics.Info).Sample(1, name, ProgramVersion.Text);
        to.Begin(AgentMetrics.Nodes).Sample(agent.Config.Nodes.Length, name);
        to.Begin(AgentMetrics.ReportAt).Sample(status.LastReport, name);
        to.Begin(HostMetrics.Enrolled).Sample(status.Enrolled, name);
        to.Begin(HostMetrics.Connected).Sample(status.Connected, name);
        to.Begin(HostMetrics.AckAt).Sample(status.LastAck, name);
        to.Begin(HostMetrics.Pending).Sample(status.PendingEvents, name);
        to.Begin(HostMetrics.Spool).Sample(link.SpoolBytes, name);
    }

    private static HealthState StateOf(NodeSnapshot view) => view.Available ? view.Health.State : HealthState.Disabled;

    private static double? Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    private static void Each<T>(MetricsWriter to, MetricFamily family, List<(string Id, T Node)> nodes, Func<T, double?> value)
    {
        to.Begin(family);
        foreach (var (id, node) in nodes)
        {
            to.Known(value(node), id);
        }
    }
}
