namespace MoneroCloud.Bench.Traces;

/// <summary>Something that happens to a real wallet-rpc, to be recorded.</summary>
/// <param name="Name">The trace's.</param>
/// <param name="What">In a sentence, for the trace's header.</param>
/// <param name="Run">Starts what it needs, gives it to the stage to be recorded, and ends it.</param>
internal sealed record Scenario(string Name, string What, Func<Stage, CancellationToken, Task> Run);
