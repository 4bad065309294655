namespace MoneroCloud.Core;

/// <summary>One observation of a host with its place among the others, so that whoever judges it counts it once.</summary>
/// <param name="Number">The check's number within the agent's epoch; rises with every observation, across the agent's own restarts too.</param>
/// <param name="At">By the agent's clock.</param>
/// <param name="AfterEvent">The last event that had been made when this was observed: a later event of the node knows better.</param>
/// <param name="Row">How many observations in a row led the agent to the same condition.</param>
public sealed record ObservedEvidence(long Number, DateTimeOffset At, long AfterEvent, VerdictRow Row, HostEvidence Evidence);
