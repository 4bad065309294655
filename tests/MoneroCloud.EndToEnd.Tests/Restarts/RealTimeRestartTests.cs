using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>False restarts and the detection of true hangs in real time, with real processes, at the agent's own defaults, in the version that is installed.</summary>
[Trait("Tier", "soak")]
public sealed class RealTimeRestartTests
{
    private const int Deadlock = 10;
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_wallet_of_twenty_is_restarted_while_it_syncs_over_a_slow_line_and_none_while_its_daemon_hangs()
    {
        await using var fleet = await WalletFleet.MakeAsync(blocks: 240, Cancellation);
        foreach (var proxy in fleet.Proxies)
        {
            proxy.BytesPerSecond = 500;
        }

        await fleet.StartAsync(Cancellation);
        await WaitAsync(TimeSpan.FromMinutes(4));
        Tell("sync over a line of 500 bytes a second, 4 min", await fleet.RestartsAsync(Cancellation), fleet.UsualKills);

        foreach (var proxy in fleet.Proxies)
        {
            proxy.BytesPerSecond = null;
        }

        await WaitAsync(TimeSpan.FromSeconds(40));
        fleet.Daemon.Program.Suspend();
        await WaitAsync(TimeSpan.FromMinutes(5));
        fleet.Daemon.Program.Resume();
        await WaitAsync(TimeSpan.FromSeconds(30));
        Tell("daemon stopped for 5 min", await fleet.RestartsAsync(Cancellation), fleet.UsualKills);

        // The control: the same counting sees a wallet that is killed and started again.
        var pid = (await fleet.Agent.StatusAsync("w1", Cancellation)).Pid!.Value;
        AgentUnderTest.Send(pid, Signals.Kill);
        await WaitAsync(TimeSpan.FromSeconds(15));
        Assert.NotEmpty(await fleet.RestartsAsync(Cancellation));
    }

    [Fact]
    public async Task Twenty_stopped_wallets_are_continued_within_10_s()
    {
        await using var agent = AgentUnderTest.Create("stopped");
        NodeUnderTest[] nodes = [.. Enumerable.Range(1, WalletFleet.Wallets).Select(i => new NodeUnderTest($"n{i}"))];
        await RunAsync(agent, nodes);
        await HangAllAsync(agent, nodes, budget: 0, pid => AgentUnderTest.Send(pid, Signals.Stop), e => e.Fact is NodeFact.Signalled);
    }

    [Fact]
    public async Task Twenty_deadlocked_processes_are_restarted_within_the_hang_budget_and_10_s()
    {
        await using var daemon = await RealMonerod.StartAsync();
        await using var agent = AgentUnderTest.Create("deadlocked");
        var script = Path.Combine(AppContext.BaseDirectory, "Peers", "deadlocked.pl");
        NodeUnderTest[] nodes =
        [
            .. Enumerable.Range(1, WalletFleet.Wallets).Select(i => new NodeUnderTest($"n{i}") { Daemon = $"127.0.0.1:{daemon.Port}" })
                .Select(n => n with { Program = agent.WriteProgram($"{n.Name}.sh", $"exec perl {script} {n.Port} {daemon.Port}") }),
        ];
        await RunAsync(agent, nodes);
        await HangAllAsync(agent, nodes, budget: 60, pid => AgentUnderTest.Send(pid, Deadlock), IsHung(Condition.Hung));
    }

    [Fact]
    public async Task Twenty_wallets_whose_output_nobody_reads_are_found_within_15_and_10_s()
    {
        await using var agent = AgentUnderTest.Create("pipes");

        // Log level 1 fills the pipe with a few hundred requests.
        var program = agent.WriteProgram("piped.sh", "exec monero-wallet-rpc \"$@\" --log-level 1 > >(exec sleep 3600) 2>&1");
        NodeUnderTest[] nodes = [.. Enumerable.Range(1, WalletFleet.Wallets).Select(i => new NodeUnderTest($"n{i}") { Program = program, StopBudget = "5s" })];
        await RunAsync(agent, nodes);
        await HangAllAsync(agent, nodes, budget: 15, _ => { }, IsHung(Condition.OutputBlocked), fill: true);
    }

    private static async Task RunAsync(AgentUnderTest agent, NodeUnderTest[] nodes)
    {
        agent.Configure(config => _ = config.Remove("checks") && config.Remove("supervision"), nodes);
        await agent.StartAsync(Cancellation);

        // Twenty at once, of a CPU-second each, on a machine that may have other things to do.
        await WaitAsync(TimeSpan.FromMinutes(1));
        foreach (var node in nodes)
        {
            await agent.UntilUpAsync(node.Name, Cancellation);
        }

        await WaitAsync(TimeSpan.FromSeconds(15));
    }

    private static async Task HangAllAsync(
        AgentUnderTest agent, NodeUnderTest[] nodes, int budget, Action<int> hang, Func<EventEntry, bool> found, bool fill = false)
    {
        var hung = new Dictionary<string, DateTimeOffset>();
        foreach (var node in nodes)
        {
            var pid = agent.ProcessesOf(node.Name).Single();
            if (fill)
            {
                await FillAsync(node.Port);
            }

            hung[node.Name] = TimeProvider.System.GetUtcNow();
            hang(pid);

            // In all phases of the checks.
            await WaitAsync(TimeSpan.FromSeconds(0.7 + (Random.Shared.NextDouble() * 3)));
        }

        await WaitAsync(TimeSpan.FromSeconds(budget + 15));
        var times = new List<double>();
        foreach (var node in nodes)
        {
            var since = hung[node.Name] - TimeSpan.FromSeconds(fill ? 5 : 0);
            var first = (await agent.EventsAsync(node.Name, Cancellation)).FirstOrDefault(e => e.At >= since && found(e));
            Assert.True(first is not null, $"{node.Name} was not found\n{agent.Output}");
            times.Add((first.At - hung[node.Name]).TotalSeconds);
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"found after {string.Join(' ', times.Select(t => $"{t:0.0}"))} s: p50 {times[times.Count / 2]:0.0}, max {times[^1]:0.0}, n = {times.Count}, budget {budget}");

        // p99 of twenty is the longest.
        Assert.InRange(times[^1], -5, budget + 10);
    }

    /// <summary>Asks until no answer comes within 2 s.</summary>
    private static async Task FillAsync(int port)
    {
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = new Uri($"http://127.0.0.1:{port}"), Deadline = TimeSpan.FromSeconds(2) }, TimeProvider.System);
        while (await client.CheckAsync(walletDeclared: false, Cancellation) is ApiAnswer.Answered)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static Func<EventEntry, bool> IsHung(Condition condition) => e => e.Transition is { } to && to.To == HealthState.Down && to.ToCondition == condition;

    private static void Tell(string what, IReadOnlyList<string> restarts, int usual)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {restarts.Count} restarts in n = {WalletFleet.Wallets}; no answer in 5 s would have killed {usual}");
        Assert.Empty(restarts);
    }

    private static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Cancellation);
}
