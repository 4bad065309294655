using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What only the host knows of its nodes, and what an agent tells of itself.</summary>
internal static class HostMetrics
{
    public static MetricFamily Phase { get; } = new("monerocloud_node_phase", MetricType.Gauge, "1, with what the agent does about the process as a label: one series a node.", "node", "phase");

    public static MetricFamily RpcUp { get; } = new("monerocloud_node_rpc_up", MetricType.Gauge, "1 while its RPC answers in order; 0 else; absent before it was asked.", "node");

    public static MetricFamily ProcessStart { get; } = new("monerocloud_node_process_start_time_seconds", MetricType.Gauge, "When its process was started; absent while none runs, as those below.", "node");

    public static MetricFamily ProcessCpu { get; } = new("monerocloud_node_process_cpu_seconds_total", MetricType.Counter, "Processor time of its process; begins anew with each.", "node");

    public static MetricFamily ProcessResident { get; } = new("monerocloud_node_process_resident_memory_bytes", MetricType.Gauge, "Resident memory of its process.", "node");

    public static MetricFamily ProcessThreads { get; } = new("monerocloud_node_process_threads", MetricType.Gauge, "Threads of its process.", "node");

    public static MetricFamily ProcessFiles { get; } = new(
        "monerocloud_node_process_open_fds", MetricType.Gauge, "Files and sockets that its process has open; absent where they may not be read.", "node");

    public static MetricFamily Exits { get; } = new("monerocloud_node_exits_total", MetricType.Counter, "Ends of its process by cause, in this life of the agent; wanted ends too.", "node", "cause");

    public static MetricFamily Stops { get; } = new("monerocloud_node_proofs_total", MetricType.Counter, "Stops and restarts by how their proof ended, in this life of the agent.", "node", "result");

    public static MetricFamily Enrolled { get; } = new("monerocloud_agent_enrolled", MetricType.Gauge, "1 while it belongs to a monitor.", "agent");

    public static MetricFamily Connected { get; } = new("monerocloud_agent_connected", MetricType.Gauge, "1 while it is connected to the bus.", "agent");

    public static MetricFamily AckAt { get; } = new("monerocloud_agent_last_ack_timestamp_seconds", MetricType.Gauge, "When the monitor last confirmed a report; absent before it did, in this life of the agent.", "agent");

    public static MetricFamily Pending { get; } = new("monerocloud_agent_pending_events", MetricType.Gauge, "Events that the monitor has not confirmed.", "agent");

    public static MetricFamily Spool { get; } = new("monerocloud_agent_spool_bytes", MetricType.Gauge, "Their size on disk.", "agent");

    /// <summary>In the order in which they are written, but for those that it shares with the monitor.</summary>
    public static ImmutableArray<MetricFamily> All { get; } =
        [Phase, RpcUp, ProcessStart, ProcessCpu, ProcessResident, ProcessThreads, ProcessFiles, Exits, Stops, Enrolled, Connected, AckAt, Pending, Spool];
}
