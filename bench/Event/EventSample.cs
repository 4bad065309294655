namespace MoneroCloud.Bench;

/// <summary>One <c>kill -9</c>, from the event on the host to its row in the monitor's store. Null when no row came.</summary>
/// <param name="SeenAfterMilliseconds">From just before the signal to the time that the agent gave the event.</param>
/// <param name="StoredAfterMilliseconds">From that time to the first look at which the row was there.</param>
internal sealed record EventSample(int Kill, string Child, double? SeenAfterMilliseconds, double? StoredAfterMilliseconds);
