using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Where a command finds its monitor and its key, and what it refuses before it asks anybody.</summary>
public sealed class RemoteOptionsTests
{
    private const string Key = CommandRun.Key;

    private readonly string _folder = TestRun.NewFolder("remote");

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "history main", "", "which monitor? --monitor URL, or the variable MONEROCLOUD_MONITOR" },
        { "agents", "", "which monitor?" },
        { "health", "", "which monitor?" },
        { "order x", "", "which monitor?" },
        { "status --monitor https://m.example", "", "a key is needed: --key-file FILE, or the variable MONEROCLOUD_KEY" },
        { "status", "MONEROCLOUD_MONITOR=https://m.example", "a key is needed" },
        { "status --monitor https://m.example --config x", $"MONEROCLOUD_KEY={Key}", "--monitor and --config exclude each other" },
        { "status --key-file x", "", "--key-file and --allow-http are for a monitor, and none is named" },
        { "restart main --allow-http", "", "--key-file and --allow-http are for a monitor" },
        { "status --monitor m.example", $"MONEROCLOUD_KEY={Key}", "the monitor's address after --monitor has to be https://HOST[:PORT]" },
        { "status --monitor http://10.0.0.1:7071", $"MONEROCLOUD_KEY={Key}", "has to be https: over http to another machine the key could be read on the way; --allow-http takes it nevertheless" },
        { "status --monitor https://u:w0rd@m.example", $"MONEROCLOUD_KEY={Key}", "after --monitor is scheme, host and port, and nothing else" },
        { "health --monitor ftp://m.example", "", "has to begin with https:// or http://" },
        { "status --monitor https://m.example", "MONEROCLOUD_KEY=two words", "the variable MONEROCLOUD_KEY holds no key" },
        { "reload --monitor https://m.example", $"MONEROCLOUD_KEY={Key}", "which agent? reload AGENT --monitor URL" },
        { "reload host", "", "reload takes the name of an agent only with --monitor" },
        { "status --all main", $"MONEROCLOUD_KEY={Key}", "status takes either --all or one NODE" },
        { "restart", $"MONEROCLOUD_KEY={Key}", "restart takes either --all or one NODE" },
        { "restart main --now 10", $"MONEROCLOUD_KEY={Key}", "--now is '10': it must be a duration such as" },
        { "restart --now main", $"MONEROCLOUD_KEY={Key}", "--now is 'main': it must be a duration such as" },
        { "stop main --now 61m", $"MONEROCLOUD_KEY={Key}", "--now is 61m: out of range, 0s to 1h" },
        { "start main --now", $"MONEROCLOUD_KEY={Key}", "Unrecognized command or argument '--now'" },
        { "incidents", "", "which monitor? --monitor URL, or the variable MONEROCLOUD_MONITOR" },
        { "silences", "", "which monitor?" },
        { "alerts", "", "which monitor?" },
        { "incidents --all --resolved", $"MONEROCLOUD_KEY={Key}", "--all and --resolved exclude each other" },
        { "incidents --since 1h", $"MONEROCLOUD_KEY={Key}", "--since goes with --all or --resolved" },
        { "incidents --all --since 1d", $"MONEROCLOUD_KEY={Key}", "--since is '1d': it must be a duration such as" },
        { "ack main --for 90s", $"MONEROCLOUD_KEY={Key}", "--for is 90s: 1m to 720h, in whole minutes" },
        { "ack main --for 721h", $"MONEROCLOUD_KEY={Key}", "--for is 721h: 1m to 720h" },
        { "ack main --end --for 1h", $"MONEROCLOUD_KEY={Key}", "--end takes back: there is no --for" },
        { "silences add --agent host", $"MONEROCLOUD_KEY={Key}", "silences add takes --for DURATION" },
        { "silences add --for 1h", $"MONEROCLOUD_KEY={Key}", "silences add takes at least one of --subject, --agent, --label, --condition, --severity, --kind; --subject '*' where all are meant" },
        { "silences add --label zone --for 1h", $"MONEROCLOUD_KEY={Key}", "--label is 'zone': it must be KEY=VALUE" },
        { "silences add --label a=1 --label a=2 --for 1h", $"MONEROCLOUD_KEY={Key}", "--label a is given twice" },
        { "maintenance host", $"MONEROCLOUD_KEY={Key}", "maintenance takes either --for DURATION or --end" },
        { "maintenance host --for 1h --end", $"MONEROCLOUD_KEY={Key}", "maintenance takes either --for DURATION or --end" },
        { "alerts test", $"MONEROCLOUD_KEY={Key}", "Option '--channel' is required" },
        { "alerts test --channel log --wait 11m", $"MONEROCLOUD_KEY={Key}", "--wait is 11m: 1s to 10m" },
        { "alerts -n 501", $"MONEROCLOUD_KEY={Key}", "--lines takes 1 to 500" },
        { "history main -n 0", "", "--lines takes 1 to 100000" },
        { $"status --monitor https://m.example --key {Key}", "", "a key is not taken from the command line" },
        { $"status --key={Key}", "", "a key is not taken from the command line" },
        { $"history --key {Key} main extra", "", "a key is not taken from the command line" },
        { $"--key {Key} health", "", "a key is not taken from the command line" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_command_line_ends_with_2_and_one_sentence_that_holds_no_secret(string arguments, string variable, string complaint)
    {
        var run = await CommandRun.OfAsync(arguments.Split(' '), variable.Length == 0 ? [] : [variable]);

        Assert.True(run.Exit == 2, $"exit {run.Exit}: {run}");
        Assert.StartsWith("monerocloud: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.DoesNotContain(Key, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("w0rd", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, "chmod 600")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, "chmod 600")]
    public async Task A_key_file_that_others_can_read_is_refused(UnixFileMode mode, string complaint)
    {
        var file = Path.Combine(_folder, "key");
        await File.WriteAllTextAsync(file, Key, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, mode);

        var run = await CommandRun.OfAsync(["agents", "--monitor", "https://m.example", "--key-file", file], []);

        Assert.Equal(2, run.Exit);
        Assert.Contains($"--key-file: {file} is open to group or others: {complaint} {file}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("one\ntwo\n", "holds more than one line")]
    [InlineData("with space", "holds no key")]
    public async Task A_key_file_without_a_key_is_refused(string text, string complaint)
    {
        var run = await CommandRun.OfAsync(["agents", "--monitor", "https://m.example", "--key-file", PrivateFile(text)], []);

        Assert.Equal(2, run.Exit);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_wins_over_the_variable_and_the_option_over_the_variable()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Json(Told.Nodes())));
        var run = await CommandRun.OfAsync(
            ["status", "--monitor", peer.Address.ToString(), "--key-file", PrivateFile("of-the-file\n")],
            ["MONEROCLOUD_MONITOR=https://elsewhere.example", "MONEROCLOUD_KEY=of-the-variable"]);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal("of-the-file", peer.Requests.Single().Header("x-functions-key"));
    }

    [Fact]
    public async Task With_a_configuration_named_the_agent_of_this_machine_is_meant_whatever_the_variable_says()
    {
        var run = await CommandRun.OfAsync(["stop", "main", "--config", Path.Combine(_folder, "agent.json")], ["MONEROCLOUD_MONITOR=https://elsewhere.example"]);

        Assert.NotEqual(0, run.Exit);
        Assert.DoesNotContain("elsewhere", run.Error, StringComparison.Ordinal);
    }

    private string PrivateFile(string text)
    {
        var file = Path.Combine(_folder, "private");
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
