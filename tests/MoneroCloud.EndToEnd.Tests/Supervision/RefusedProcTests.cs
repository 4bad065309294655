using System.Diagnostics;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What /proc refuses is shown as refused, never as absent.</summary>
public sealed class RefusedProcTests
{
    private const string Nobody = "65534";

    private static readonly string[] AsNobody = ["--reuid", Nobody, "--regid", Nobody, "--clear-groups"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_that_another_user_runs_is_not_called_absent_by_somebody_who_may_not_read_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can run one program as two users");
        var node = new NodeUnderTest("plain");
        await using var agent = AgentUnderTest.Create("refused", node);
        await using var beside = AgentUnderTest.Create("beside", node);
        await agent.StartAsync(Cancellation);
        var pid = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;

        // The configurations have no secret; everybody may read them, and nothing else.
        await OpenAsync(agent);
        await OpenAsync(beside);

        var (exit, output, error) = await RunAsync(AgentUnderTest.Program, "status", "plain", "--config", agent.ConfigFile);
        Assert.Equal(1, exit);
        Assert.Contains("may not be opened by this user", error, StringComparison.Ordinal);
        Assert.Empty(output);

        foreach (var method in new[] { "pid", "port", "full" })
        {
            (exit, output, error) = await RunAsync(AgentUnderTest.Program, "status", "plain", "--json", "--method", method, "--config", beside.ConfigFile);
            Assert.True(exit == 1, $"{method}: exit {exit}: {output}{error}");
            Assert.DoesNotContain("Exited", output, StringComparison.Ordinal);
            Assert.DoesNotContain("not found", output, StringComparison.Ordinal);
            Assert.DoesNotContain("not in use", output, StringComparison.Ordinal);
            Assert.Contains(nameof(Condition.PortTaken), output, StringComparison.Ordinal);
        }

        Assert.True(AgentUnderTest.IsAlive(pid));
    }

    [Fact]
    public async Task Another_user_gives_no_order_and_sees_nothing_also_where_the_sockets_mode_would_let_him()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can run one program as two users");
        await using var agent = AgentUnderTest.Create("stranger", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var pid = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;
        await OpenAsync(agent);
        foreach (var path in new[] { agent.StateFolder, Path.Combine(agent.StateFolder, Names.ControlSocket) })
        {
            File.SetUnixFileMode(path, (UnixFileMode)0x1FF);
        }

        foreach (var command in new[] { "stop plain", "status plain", "logs plain", "down" })
        {
            var (exit, output, error) = await RunAsync([AgentUnderTest.Program, .. command.Split(' '), "--config", agent.ConfigFile]);
            Assert.True(exit == 1 && output.Length == 0, $"{command}: exit {exit}: {output}{error}");
            Assert.Contains($"uid {Nobody} may not control this agent: only root, its own user and its group may", error, StringComparison.Ordinal);
        }

        Assert.Equal(pid, (await agent.UntilUpAsync("plain", Cancellation)).Pid);
    }

    private static async Task OpenAsync(AgentUnderTest agent)
    {
        File.SetUnixFileMode(agent.ConfigFile, Readable);
        File.SetUnixFileMode(agent.Folder, Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(TestRun.Folder, File.GetUnixFileMode(TestRun.Folder) | UnixFileMode.OtherExecute);
        var (open, _, _) = await RunAsync("test", "-x", AgentUnderTest.Program, "-a", "-r", agent.ConfigFile);
        Assert.SkipUnless(open == 0, "the tests' program or folder is not open to other users");
    }

    private static UnixFileMode Readable => UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static async Task<(int Exit, string Out, string Error)> RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo("setpriv", [.. AsNobody, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
