namespace MoneroCloud.Bench;

/// <summary>One wallet to check.</summary>
internal sealed record CheckTarget(int Pid, int Port);
