using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is told of this process.</summary>
internal static class InstancePart
{
    public static void Write(MetricsWriter to, InstanceFacts own)
    {
        to.Begin(InstanceMetrics.Queue);
        foreach (var queue in own.Queues)
        {
            to.Sample(queue.Active, queue.Queue, "active");
            to.Sample(queue.DeadLetters, queue.Queue, "dead_letter");
        }

        Each(to, InstanceMetrics.StorageCalls, own.Storage.Calls);
        Each(to, InstanceMetrics.StorageFailures, own.Storage.Failures);
        to.Begin(InstanceMetrics.StorageRaces).Sample(own.Storage.LostRaces);
        ProcessMetrics.Write(to, own.Process);
    }

    private static void Each(MetricsWriter to, MetricFamily family, Func<StorageOperation, long> count)
    {
        to.Begin(family);
        foreach (var operation in Enum.GetValues<StorageOperation>())
        {
            to.Sample(count(operation), $"{operation}".ToLowerInvariant());
        }
    }
}
