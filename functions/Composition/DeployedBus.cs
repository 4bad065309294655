using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>In Azure queues and their keys are made by the deployment alone: an agent gets its own from there, never from the API.</summary>
internal sealed class DeployedBus : IAgentBus
{
    public string? ConnectionString(NodeName agent) => null;

    public Task DeclareAsync(NodeName agent) => Task.CompletedTask;
}
