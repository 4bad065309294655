using System.Diagnostics;
using System.Text.Json.Nodes;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary><c>config check --monitor</c> and <c>config schema --monitor</c>.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class MonitorConfigCommandTests
{
    private readonly string _file = Path.Combine(TestRun.NewFolder("monitor-check"), "monitor.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_file_is_told_with_what_is_in_it_and_what_overrides_it()
    {
        File.WriteAllText(_file, """{ "nodes": { "remote.a": { "kind": "daemon", "probeUrl": "http://h:1", "loginSecret": "NODE_LOGIN_A" } } }""");

        var (exit, output, error) = await RunAsync(("Probe__Deadline", "2s"), "config", "check", "--monitor", _file);

        Assert.Equal((0, $"{_file}: good; 1 nodes, 1 channels, overridden by Probe__Deadline\n"), (exit, output));
        Assert.Equal($"warning: {_file}:1: nodes[\"remote.a\"].loginSecret: NODE_LOGIN_A is not set: the node is probed without a login\n", error);
    }

    [Fact]
    public async Task Every_fault_of_a_bad_file_is_named_with_its_line_and_of_a_bad_variable_with_its_name()
    {
        File.WriteAllText(_file, "{\n\"nods\": {},\n\"history\": { \"retentionDays\": 0 } }");

        var (exit, output, error) = await RunAsync(("Probe__Deadline", "2 s"), "config", "check", "--monitor", _file);

        Assert.Equal((2, ""), (exit, output));
        Assert.Equal(
            [
                "environment variable Probe__Deadline: probe.deadline: \"2 s\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"",
                $"{_file}:2: nods: is not a known key; did you mean \"nodes\"?",
                $"{_file}:3: history.retentionDays: 0 is out of range, 1 to 3650",
                "3 errors",
            ],
            error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused() => Assert.Equal(
        (2, "", $"{_file}:1: does not exist, or cannot be reached\n1 error\n"),
        await RunAsync(null, "config", "check", "--monitor", _file));

    [Fact]
    public async Task One_check_is_of_one_file()
    {
        var (exit, _, error) = await RunAsync(null, "config", "check", "--monitor", _file, "--config", "agent.json");

        Assert.Equal(2, exit);
        Assert.Contains("--monitor and --config name two files; keep one", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_printed_is_the_monitors()
    {
        var (exit, output, error) = await RunAsync(null, "config", "schema", "--monitor");

        Assert.Equal((0, ""), (exit, error));
        Assert.Equal("MoneroCloud monitor.json", JsonNode.Parse(output)!["title"]!.GetValue<string>());
    }

    private static async Task<(int Exit, string Out, string Error)> RunAsync((string Name, string Value)? variable, params string[] arguments)
    {
        var start = new ProcessStartInfo(AgentUnderTest.Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (variable is var (name, value))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
