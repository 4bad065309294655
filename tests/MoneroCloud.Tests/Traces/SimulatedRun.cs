namespace MoneroCloud.Tests;

/// <summary>What the agent did in a story.</summary>
/// <param name="RestartAt">When it would have restarted the wallet; null: never.</param>
/// <param name="ContinuedAt">When it first sent SIGCONT.</param>
/// <param name="Because">The diagnosis that led to the restart.</param>
/// <param name="Looks">How many there were.</param>
internal sealed record SimulatedRun(long? RestartAt, long? ContinuedAt, string? Because, int Looks);
