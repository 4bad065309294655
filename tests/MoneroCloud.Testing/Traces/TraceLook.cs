namespace MoneroCloud.Testing;

/// <summary>A look of the agent's own gatherer at its own pace, and what the diagnosis made of it.</summary>
/// <param name="Took">In milliseconds; the line's time is when it ended.</param>
/// <param name="Answer">The kind of answer.</param>
/// <param name="Condition">The diagnosis.</param>
/// <param name="Unanswered">In milliseconds; null when it answered.</param>
/// <param name="Quiet">In milliseconds, since CPU, height or log moved.</param>
/// <param name="Cpu">CPU used since the look before, in milliseconds.</param>
/// <param name="Queue">The accept queue; null where nobody listens.</param>
/// <param name="Link">What was seen of the daemon link.</param>
/// <param name="Restart">The agent would have restarted it now.</param>
public sealed record TraceLook(long Took, string Answer, string Condition, long? Unanswered, long Quiet, long Cpu, int? Queue, string Link, bool Restart);
