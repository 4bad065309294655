using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Real wallets for real agents.</summary>
internal static class Wallets
{
    public const string Password = "a password of the tests";

    /// <summary>An agent that runs with one node <c>main</c>, whose declared wallet <c>alice</c> exists.</summary>
    public static async Task<AgentUnderTest> AgentWithAnOpenWalletAsync(CancellationToken cancellation)
    {
        var agent = AgentUnderTest.Create("wallet");
        await MakeAsync(agent, "alice", cancellation);
        var secret = agent.WriteSecret("alice.password", Password);
        agent.Configure(new NodeUnderTest("main") { Wallet = ("alice", secret) });
        await agent.StartAsync(cancellation);
        return agent;
    }

    /// <summary>Makes a wallet in the agent's wallet folder, with a wallet-rpc of its own that ends again.</summary>
    public static async Task MakeAsync(AgentUnderTest agent, string name, CancellationToken cancellation) => Copy(await Made.Value, agent, name);

    /// <summary>
    /// As <see cref="MakeAsync"/>, for a daemon with a new regtest chain: one that was made without a daemon guesses its height from the clock,
    /// and is busy for a long time with a chain that is shorter.
    /// </summary>
    public static async Task MakeOnRegtestAsync(AgentUnderTest agent, string name) => Copy(await MadeOnRegtest.Value, agent, name);

    /// <summary>Until the node has been ready for the second that the tests ask for as proof.</summary>
    public static async Task ReadyForASecondAsync(AgentUnderTest agent, string node, CancellationToken cancellation)
    {
        var events = await agent.EventsAsync(node, cancellation);
        var since = events.Last(e => e.Fact is NodeFact.Answered or NodeFact.Adopted).At + TimeSpan.FromSeconds(1.5);
        await agent.UntilAsync(() => TimeProvider.System.GetUtcNow() > since, "ready for a second", cancellation);
    }

    // Made once a run: making one costs three seconds of CPU.
    private static readonly Lazy<Task<string>> Made = new(() => MakeOnceAsync(null));

    private static readonly Lazy<Task<string>> MadeOnRegtest = new(async () =>
    {
        await using var daemon = await RealMonerod.StartAsync();
        return await MakeOnceAsync($"127.0.0.1:{daemon.Port}");
    });

    private static void Copy(string from, AgentUnderTest agent, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(agent.Folder, "wallets")).FullName;
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(folder, name + Path.GetExtension(file)), overwrite: true);
        }
    }

    private static async Task<string> MakeOnceAsync(string? daemon)
    {
        await using var wallet = await RealWalletRpc.StartAsync(new RealWalletRpcOptions { Daemon = daemon });
        await wallet.CreateWalletAsync("alice", Password);
        return wallet.WalletFolder;
    }
}
