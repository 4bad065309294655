namespace MoneroCloud.Functions;

/// <summary>A task that runs as long as the program. The host observes it: one that ends before it is asked to is a fault that ends the program.</summary>
/// <param name="Name">For the log.</param>
/// <param name="RunAsync">Returns, or throws <see cref="OperationCanceledException"/>, once its token is cancelled.</param>
internal sealed record OwnedTask(string Name, Func<CancellationToken, Task> RunAsync);
