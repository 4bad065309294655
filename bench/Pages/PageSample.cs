namespace MoneroCloud.Bench;

/// <summary>Requests of one kind, one after the other.</summary>
/// <param name="Milliseconds">From the request to the last byte of the answer, each.</param>
/// <param name="Bytes">The longest answer's body, as it is before any compression.</param>
internal sealed record PageSample(string Store, int Nodes, string What, double[] Milliseconds, int Bytes);
