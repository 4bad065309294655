using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is true of one process of the monitor alone, since it was started: where several share the storage, of the one that was asked.</summary>
internal static class InstanceMetrics
{
    public static MetricFamily Queue { get; } = new(
        "monerocloud_instance_queue_messages", MetricType.Gauge, "Standalone: messages in a queue of the embedded broker; in Azure the platform tells.", "queue", "kind");

    public static MetricFamily StorageCalls { get; } = new("monerocloud_instance_storage_calls_total", MetricType.Counter, "Calls of the storage.", "operation");

    public static MetricFamily StorageFailures { get; } = new("monerocloud_instance_storage_failures_total", MetricType.Counter, "Calls that the storage did not answer, refused, or answered too late.", "operation");

    public static MetricFamily StorageRaces { get; } = new("monerocloud_instance_storage_lost_races_total", MetricType.Counter, "Commits that lost to another's: they are made again.");

    /// <summary>In the order in which they are written.</summary>
    public static ImmutableArray<MetricFamily> All { get; } = [Queue, StorageCalls, StorageFailures, StorageRaces];
}
