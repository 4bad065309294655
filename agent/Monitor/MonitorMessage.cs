namespace MoneroCloud.Agent;

/// <summary>One message of the agent's own queue.</summary>
/// <param name="Body">Whatever somebody put there.</param>
/// <param name="CompleteAsync">It does not come again, as far as this side can tell.</param>
/// <param name="AbandonAsync">It comes again.</param>
internal sealed record MonitorMessage(ReadOnlyMemory<byte> Body, Func<Task<bool>> CompleteAsync, Func<Task<bool>> AbandonAsync);
