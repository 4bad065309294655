using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A running agent whose one node <c>plain</c> is no wallet, for what is asked of the agent alone.</summary>
public sealed class AgentWithoutWallets : IAsyncLifetime
{
    internal AgentUnderTest Agent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Agent = AgentUnderTest.Create("usage");
        Agent.Configure(new NodeUnderTest("plain") { Program = Agent.WriteProgram("lasting", "exec sleep 1000") });
        await Agent.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Agent.DisposeAsync();
}
