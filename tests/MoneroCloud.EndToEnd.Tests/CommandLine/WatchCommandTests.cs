using System.Diagnostics;
using System.Text;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary><c>watch</c> on a real terminal and through a pipe, and completion in the real shells.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class WatchCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_terminal_and_a_pipe_both_show_a_kill_and_the_process_after_it()
    {
        await using var agent = AgentUnderTest.Create("watch");
        agent.Configure(new NodeUnderTest("plain") { Program = agent.WriteProgram("plain", "exec sleep 1000") });
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => agent.ProcessesOf("plain").Length == 1, "it runs", Cancellation);
        var first = agent.ProcessesOf("plain").Single();
        using var terminal = Start(agent, "script", "-qfec", $"stty cols 160 rows 30; exec {AgentUnderTest.Program} watch", "/dev/null");
        using var pipe = Start(agent, AgentUnderTest.Program, "watch", "--interval", "1s");
        var (drawn, written) = (new StringBuilder(), new StringBuilder());
        var reading = Task.WhenAll(ReadAsync(terminal, drawn), ReadAsync(pipe, written));
        await agent.UntilAsync(() => Has(drawn, $"{first}") && Has(written, $"{first}"), "both show it", Cancellation);

        AgentUnderTest.Send(first, Signals.Kill);
        await agent.UntilAsync(() => agent.ProcessesOf("plain") is [var pid] && pid != first, "another runs", Cancellation);
        var second = agent.ProcessesOf("plain").Single();
        await agent.UntilAsync(() => Has(drawn, $"{second}") && Has(written, $"{second}") && Has(drawn, "what changed:"), "both show the other", Cancellation);

        await terminal.StandardInput.WriteAsync("q");
        await terminal.StandardInput.FlushAsync(Cancellation);
        AgentUnderTest.Send(pipe.Id, Signals.Interrupt);
        await Task.WhenAll(terminal.WaitForExitAsync(Cancellation), pipe.WaitForExitAsync(Cancellation), reading).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);
        Assert.Equal((0, 0), (terminal.ExitCode, pipe.ExitCode));
        Assert.Contains('\u001b', drawn.ToString());
        Assert.DoesNotContain('\u001b', written.ToString());
    }

    [Theory]
    [InlineData("bash", "source /dev/stdin <<<\"$($PROGRAM completion bash)\"; COMP_LINE='monerocloud restart pl'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(\"$PROGRAM\" restart pl); _monerocloud; printf '%s\\n' \"${COMPREPLY[@]}\"")]
    [InlineData("zsh", "compdef() { }; source <($PROGRAM completion zsh); compadd() { shift; print -l -- \"$@\" }; words=($PROGRAM restart pl) CURRENT=3; _monerocloud")]
    [InlineData("fish", "function monerocloud; $PROGRAM $argv; end; $PROGRAM completion fish | source; complete -C 'monerocloud restart pl'")]
    public async Task A_shell_completes_the_name_of_a_node(string shell, string script)
    {
        await using var agent = AgentUnderTest.Create("shell");
        agent.Configure(new NodeUnderTest("plain") { Program = agent.WriteProgram("plain", "exec sleep 1000") });
        await agent.StartAsync(Cancellation);
        using var process = Start(agent, shell, "-c", script);
        process.StandardInput.Close();
        var said = new StringBuilder();
        await ReadAsync(process, said);
        await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);

        Assert.Contains("plain", said.ToString().Split('\n').Select(l => l.Trim()), StringComparer.Ordinal);
        Assert.DoesNotContain("--json", said.ToString(), StringComparison.Ordinal);
    }

    private static Process Start(AgentUnderTest agent, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Names.ConfigVariable] = agent.ConfigFile;
        start.Environment["PROGRAM"] = AgentUnderTest.Program;
        start.Environment["HOME"] = agent.Folder;
        start.Environment["TERM"] = "xterm-256color";
        return Process.Start(start)!;
    }

    private static async Task ReadAsync(Process process, StringBuilder into)
    {
        var buffer = new char[4096];
        while (await process.StandardOutput.ReadAsync(buffer, Cancellation) is > 0 and var count)
        {
            lock (into)
            {
                into.Append(buffer, 0, count);
            }
        }
    }

    private static bool Has(StringBuilder text, string part)
    {
        lock (text)
        {
            return text.ToString().Contains(part, StringComparison.Ordinal);
        }
    }
}
