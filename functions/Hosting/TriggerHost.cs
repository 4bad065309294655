namespace MoneroCloud.Functions;

/// <summary>What each of the standalone host's loops calls through.</summary>
/// <param name="CutOff">Ends what still runs when the time for draining is over.</param>
internal sealed record TriggerHost(TriggerTable Table, TimeProvider Time, CancellationToken CutOff);
