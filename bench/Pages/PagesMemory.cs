namespace MoneroCloud.Bench;

/// <summary>The monitor's memory after all requests.</summary>
/// <param name="Rows">As the seeder counted them.</param>
/// <param name="LiveKibibytes">Of managed objects, after a full collection; the other two have what the collector has not given back.</param>
internal sealed record PagesMemory(string Store, int Nodes, string Rows, long ResidentKibibytes, long PeakKibibytes, long LiveKibibytes);
