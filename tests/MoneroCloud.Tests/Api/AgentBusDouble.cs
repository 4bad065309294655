using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Api;

/// <summary>Gives each agent a connection string with a secret that a test can look for.</summary>
internal sealed class AgentBusDouble : IAgentBus
{
    public const string Secret = "planted-bus-secret";

    public List<string> Declared { get; } = [];

    public string? ConnectionString(NodeName agent) => $"Endpoint=sb://127.0.0.1;SharedAccessKeyName=agent-{agent};SharedAccessKey={Secret}";

    public Task DeclareAsync(NodeName agent)
    {
        Declared.Add(agent.ToString());
        return Task.CompletedTask;
    }
}
