namespace MoneroCloud.Bench;

/// <summary>One start, or one kill, until the RPC answered.</summary>
/// <param name="Who">The supervisor, or "by hand".</param>
internal sealed record ColdSample(string Who, int Trial, int Port, double Milliseconds);
