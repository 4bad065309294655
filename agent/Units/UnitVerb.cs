namespace MoneroCloud.Agent;

/// <summary>What may be asked of a unit that agent.json names. Nothing else ever is.</summary>
internal enum UnitVerb
{
    Start,
    Stop,
    Restart,
}
