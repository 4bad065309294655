using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What every Prometheus client says of its own process, under the usual names.</summary>
public static class ProcessMetrics
{
    public static MetricFamily Cpu { get; } = new("process_cpu_seconds_total", MetricType.Counter, "Processor time of this process, user and system.");

    public static MetricFamily Resident { get; } = new("process_resident_memory_bytes", MetricType.Gauge, "Resident memory of this process.");

    public static MetricFamily Virtual { get; } = new("process_virtual_memory_bytes", MetricType.Gauge, "Virtual memory of this process.");

    public static MetricFamily Start { get; } = new("process_start_time_seconds", MetricType.Gauge, "When this process was started.");

    public static MetricFamily OpenFiles { get; } = new("process_open_fds", MetricType.Gauge, "File descriptors that are open.");

    public static MetricFamily MostFiles { get; } = new("process_max_fds", MetricType.Gauge, "File descriptors that may be open.");

    public static MetricFamily Collections { get; } = new("dotnet_collection_count_total", MetricType.Counter, "Garbage collections since the start, of this generation or an older one.", "generation");

    public static MetricFamily Heap { get; } = new("dotnet_total_memory_bytes", MetricType.Gauge, "Memory in managed objects, garbage included.");

    public static MetricFamily Pause { get; } = new("dotnet_gc_pause_seconds_total", MetricType.Counter, "Time for which garbage collections stopped the program.");

    public static MetricFamily Allocated { get; } = new("dotnet_gc_allocated_bytes_total", MetricType.Counter, "Bytes allocated since the start.");

    /// <summary>In the order in which they are written.</summary>
    public static ImmutableArray<MetricFamily> All { get; } = [Cpu, Resident, Virtual, Start, OpenFiles, MostFiles, Collections, Heap, Pause, Allocated];

    public static void Write(MetricsWriter to, ProcessFacts facts)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(facts);
        to.Begin(Cpu).Sample(facts.Cpu.TotalSeconds);
        to.Begin(Resident).Known(facts.ResidentBytes);
        to.Begin(Virtual).Known(facts.VirtualBytes);
        to.Begin(Start).Sample(facts.StartedAt);
        to.Begin(OpenFiles).Known(facts.OpenFiles);
        to.Begin(MostFiles).Known(facts.MostFiles);
        to.Begin(Collections);
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            to.Sample(GC.CollectionCount(generation), $"{generation}");
        }

        to.Begin(Heap).Sample(GC.GetTotalMemory(forceFullCollection: false));
        to.Begin(Pause).Sample(GC.GetTotalPauseDuration().TotalSeconds);
        to.Begin(Allocated).Sample(GC.GetTotalAllocatedBytes());
    }
}
