namespace MoneroCloud.Agent;

/// <summary>What was last asked of a unit, as far as it has come.</summary>
/// <param name="IsRunning">systemctl has not returned.</param>
/// <param name="IsLooked">The process was looked for after it had.</param>
/// <param name="Failure">Why it failed; null while it runs, and when it succeeded.</param>
internal sealed record UnitOrder(UnitVerb Verb, bool IsRunning, bool IsLooked, string? Failure);
