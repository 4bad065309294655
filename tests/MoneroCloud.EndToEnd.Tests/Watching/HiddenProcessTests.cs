using System.Diagnostics;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A wallet of another user, whose process the agent may not read: its port and its API speak for it, and it is not called absent.</summary>
public sealed class HiddenProcessTests
{
    private const string Nobody = "65534";

    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_diagnosed_by_port_and_api_and_its_process_is_shown_as_not_permitted()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can run one program as two users");
        var port = FreePort.Next();
        await using var agent = WatchedNode.Agent("hidden", WatchedNode.Json("main", port));
        await OpenAsync(agent);
        await using (var supervisor = LoopSupervisor.Start(agent.Folder, port))
        {
            await agent.StartAsync(Cancellation, "setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups");

            var up = await agent.UntilUpAsync("main", Cancellation);

            Assert.Equal(((int?)null, "looked for"), (up.Pid, up.Process));
            var byPid = await agent.StatusAsync("main", Cancellation, CheckMethod.Pid);
            Assert.Contains($"the process that holds port {port}", MessageOf(byPid), StringComparison.Ordinal);
            Assert.DoesNotContain("not found", MessageOf(byPid), StringComparison.Ordinal);
            AgentUnderTest.Send(supervisor.Pid, Signals.Stop);
            var silent = await agent.UntilAsync("main", s => !s.Worked, Cancellation);
            Assert.NotEqual(Condition.Exited, silent.Condition);
        }

        // The first word of it may still be that of the moment before, when somebody listened.
        await agent.UntilAsync("main", s => s.Condition == Condition.Exited && s.Message.Contains($"no process of it is found: nobody listens on port {port}", StringComparison.Ordinal), Cancellation);
        Assert.DoesNotContain(await agent.EventsAsync("main", Cancellation), e => e.Fact is NodeFact.Exited or NodeFact.Adopted or NodeFact.Found);
    }

    private static string MessageOf(NodeStatus status) => Assert.IsType<WorkedData.Pid>(status.WorkedData).Message;

    private static async Task OpenAsync(AgentUnderTest agent)
    {
        File.SetUnixFileMode(agent.Folder, ForAll);
        File.SetUnixFileMode(agent.ConfigFile, ForAll & ~UnixFileMode.UserExecute & ~UnixFileMode.GroupExecute & ~UnixFileMode.OtherExecute);
        File.SetUnixFileMode(TestRun.Folder, File.GetUnixFileMode(TestRun.Folder) | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(agent.StateFolder);
        Assert.Equal(0, await RunAsync("chown", Nobody, agent.StateFolder));
        var open = await RunAsync("setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "test", "-x", AgentUnderTest.Program, "-a", "-r", agent.ConfigFile);
        Assert.SkipUnless(open == 0, "the tests' program or folder is not open to other users");
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode;
    }
}
