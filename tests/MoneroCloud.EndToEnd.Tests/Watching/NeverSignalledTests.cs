using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// A process that writes down every signal it gets, as the main process of a unit, through all remedies and all orders. Its systemctl is a
/// stand-in on PATH that only writes down what it is asked: with a real systemd (<see cref="WatchedByUnitTests"/>) the unit's own signals could
/// not be told from the agent's.
/// </summary>
public sealed class NeverSignalledTests
{
    private const string Unit = "recorder.service";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_remedy_no_order_and_no_end_of_the_agent_sends_it_a_signal()
    {
        await using var agent = WatchedNode.Agent("recorder");
        var signals = Path.Combine(agent.Folder, "signals");
        using var recorder = await RecorderAsync(agent, signals);
        await using var ending = new Ending(recorder);
        var asked = StandIn(agent, recorder.Id);
        var path = $"PATH={Path.GetDirectoryName(asked)}:{Environment.GetEnvironmentVariable("PATH")}";
        agent.Configure(config =>
        {
            WatchedNode.Only(config, WatchedNode.Json("main", FreePort.Next(), Unit));
            config["diagnosis"] = new JsonObject { ["stoppedBudget"] = "1s", ["startGrace"] = "1s" };
        });
        await agent.StartAsync(Cancellation, "env", path);
        await agent.UntilAsync("main", s => s.Pid == recorder.Id, Cancellation);

        // The remedies: a frozen process would be continued and then restarted. Its unit is asked until the breaker opens, and it alone.
        AgentUnderTest.Send(recorder.Id, Signals.Stop);
        await agent.UntilAsync(() => Asked(asked, "restart") >= SupervisionPolicy.Default.FailedStarts, "the unit is restarted as often as it may be", Cancellation);
        await agent.UntilAsync(() => agent.Output.Contains("breaker open", StringComparison.Ordinal), "the breaker opens", Cancellation);

        Assert.Equal(SupervisionPolicy.Default.FailedStarts, Asked(asked, "restart"));

        ControlVerb[] orders = [ControlVerb.Restart, ControlVerb.Stop, ControlVerb.Start, ControlVerb.Disable, ControlVerb.Enable, ControlVerb.Reload];
        foreach (var order in orders)
        {
            await TakenAsync(agent, order);
        }

        // An operator's order closes the breaker, so that the frozen process gets remedies between the orders, too.
        Assert.InRange(Asked(asked, "restart"), SupervisionPolicy.Default.FailedStarts + 1, 100);
        Assert.Equal((1, 1), (Asked(asked, "stop"), Asked(asked, "start")));
        await agent.EndAsync(Signals.Terminate, Cancellation);
        await agent.StartAsync(Cancellation, "env", path);
        await agent.EndAsync(Signals.Interrupt, Cancellation);
        Assert.True(AgentUnderTest.IsAlive(recorder.Id));

        // The control: what was sent while it was stopped is delivered now, and our own two are written down.
        AgentUnderTest.Send(recorder.Id, User1); // Not HUP: where a test runner is started with it ignored, no shell can trap it.
        AgentUnderTest.Send(recorder.Id, Signals.Continue);
        await agent.UntilAsync(() => File.ReadAllLines(signals).Length >= 3, "the test's signals are recorded", Cancellation);
        Assert.Equal(["CONT", "USR1", "ready"], File.ReadAllLines(signals).Order(StringComparer.Ordinal));
        TestContext.Current.SendDiagnosticMessage($"{orders.Length} kinds of orders, {Asked(asked, "restart") - 1} remedies, 2 ends of the agent: 0 signals; 2 of 2 of the test's were recorded");
    }

    private const int User1 = 10;

    /// <summary>While a remedy's systemctl runs an order is refused; on a busy machine that is often.</summary>
    private static async Task TakenAsync(AgentUnderTest agent, ControlVerb order)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(20); await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation))
        {
            var (_, said) = await agent.OrderAsync(order, order is ControlVerb.Reload ? null : "main", Cancellation);
            if (!said.Contains("has not returned yet", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"{order} was not taken");
    }

    private static int Asked(string asked, string verb) =>
        File.Exists(asked) ? File.ReadAllLines(asked).Count(l => l.Split(' ').Contains(verb) && l.EndsWith($"-- {Unit}", StringComparison.Ordinal)) : 0;

    private sealed class Ending(Process process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<Process> RecorderAsync(AgentUnderTest agent, string signals)
    {
        // Perl, since bash loses one of two signals that arrive together.
        var program = agent.WriteProgram("recorder", $$"""
            exec perl -e '
            sub note { open my $f, ">>", "{{signals}}" or die; print $f "$_[0]\n"; close $f }
            for my $s (qw(HUP INT QUIT USR1 USR2 TERM CONT ALRM WINCH URG IO)) { $SIG{$s} = sub { note($s) } }
            note("ready");
            select(undef, undef, undef, 0.1) while 1;'
            """);
        var process = Process.Start(program);
        await agent.UntilAsync(() => File.Exists(signals), "the recorder is ready", Cancellation);
        return process;
    }

    /// <returns>Where it writes down what it is asked.</returns>
    private static string StandIn(AgentUnderTest agent, int mainPid)
    {
        var bin = Directory.CreateDirectory(Path.Combine(agent.Folder, "bin")).FullName;
        var asked = Path.Combine(bin, "asked");
        agent.WriteProgram("bin/systemctl", string.Create(CultureInfo.InvariantCulture, $"""
            echo "$*" >>{asked}
            case "$*" in *show*) printf 'MainPID={mainPid}\nActiveState=active\nLoadState=loaded\n';; esac
            """));
        return asked;
    }
}
