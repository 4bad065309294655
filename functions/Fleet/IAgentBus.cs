using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a newly enrolled agent gets of the bus. Standalone the monitor owns the bus; in Azure its queues and keys are made by the deployment.</summary>
internal interface IAgentBus
{
    /// <summary>A secret: the agent's own, for its own queues. Null where it gets it otherwise.</summary>
    string? ConnectionString(NodeName agent);

    /// <summary>Makes the agent's queue where it is missing. May be repeated.</summary>
    Task DeclareAsync(NodeName agent);
}
