namespace MoneroCloud.Bench;

/// <summary>One time that all children died at once.</summary>
/// <param name="Kills">With the replacement's pid of each.</param>
/// <param name="AnswerSeconds">From the first kill to the answer of each child, in the order of their answers.</param>
/// <param name="CpuTicks">Of the agent, from the first kill to the last answer.</param>
internal sealed record CrowdRound(IReadOnlyList<KillSample> Kills, IReadOnlyList<double> AnswerSeconds, long CpuTicks);
