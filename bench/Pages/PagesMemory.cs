namespace MoneroCloud.Bench;

/// <summary>The monitor's memory after all requests.</summary>
/// <param name="Rows">As the seeder counted them.</param>
internal sealed record PagesMemory(string Store, int Nodes, string Rows, long ResidentKibibytes, long PeakKibibytes);
