using System.Diagnostics.Metrics;

namespace MoneroCloud.Functions;

/// <summary>The names of what is measured for an exporter. What the fleet is tells <c>/api/metrics</c>; these are of this process. Without an exporter they cost nothing.</summary>
internal static class Meters
{
    public const string Name = "MoneroCloud.Monitor";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Invocations = Meter.CreateHistogram<double>("monerocloud.invocation.duration", "s", "How long triggers took.");

    /// <param name="result">done or failed.</param>
    public static void Invoked(string trigger, string result, TimeSpan took) =>
        Invocations.Record(took.TotalSeconds, new("trigger", trigger), new("result", result));

    /// <summary>Told for as long as the tally lives, as a rule that of the program.</summary>
    public static void Observe(StorageTally storage)
    {
        Meter.CreateObservableCounter("monerocloud.storage.calls", () => Each(storage.Calls), "{call}", "Calls of the storage.");
        Meter.CreateObservableCounter("monerocloud.storage.failures", () => Each(storage.Failures), "{call}", "Calls of the storage that failed.");
        Meter.CreateObservableCounter("monerocloud.storage.lost_races", () => storage.LostRaces, "{commit}", "Commits that lost to another's.");
    }

    private static IEnumerable<Measurement<long>> Each(Func<StorageOperation, long> count) =>
        Enum.GetValues<StorageOperation>().Select(o => new Measurement<long>(count(o), new KeyValuePair<string, object?>("operation", $"{o}".ToLowerInvariant())));
}
