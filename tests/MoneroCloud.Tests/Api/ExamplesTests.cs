using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>docs/examples.md: what it shows compiles, parses and does what it says.</summary>
public sealed partial class ExamplesTests
{
    private const string Document = "docs/examples.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Its_CSharp_is_compiled_here()
    {
        var code = Unindented(File.ReadAllText(GeneratedFile.At("tests/MoneroCloud.Tests/Api/ExampleCode.cs")));
        var blocks = DocumentText.Blocks(Document, "csharp");

        Assert.Equal(5, blocks.Count);
        Assert.All(blocks, block => Assert.Contains($"\n{Unindented(block)}\n", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_command_in_it_parses()
    {
        var commands = DocumentText.Blocks(Document, "sh").Concat(DocumentText.Blocks(Document, "cron"))
            .SelectMany(block => Command().Matches(block))
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.True(commands.Count > 30, $"{commands.Count} commands were found");
        Assert.All(commands, command =>
        {
            var parsed = CommandLineRoot.Build(CommandShell.System()).Parse(command.Replace("\"$node\"", "node", StringComparison.Ordinal));
            Assert.True(parsed.Errors.Count == 0, $"monerocloud {command}: {string.Join("; ", parsed.Errors)}");
        });
    }

    [Fact]
    public async Task Every_script_in_it_is_one()
    {
        foreach (var block in DocumentText.Blocks(Document, "sh"))
        {
            var (exit, _, error) = await ScriptAsync("bash", ["-n", "-c", block], []);
            Assert.True(exit == 0, $"{error}\n{block}");
        }
    }

    [Fact]
    public async Task Its_scripts_against_a_monitor_do_what_it_says()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("host.main"), peer.Address, kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "second"));
        await api.StoreAsync(StoredFleet.Node("host.main") with { WalletDeclared = false }, StoredFleet.Node("host.second", HealthState.Down, Condition.Exited));
        await api.TickAsync(ApiSetup.Noon);

        var before = await OfMonitorAsync(api, "payout postponed");
        Assert.True(before is (0, "", ""), $"{before}");
        Assert.Equal((0, "degraded: 1 of 2 work\n503\n"), await OfMonitorAsync(api, "monerocloud health") is var health ? (health.Exit, health.Output) : default);
        Assert.Equal((0, "host.second\tExited\texplained as Exited\n"), await OfMonitorAsync(api, "api/nodes?state=down") is var page ? (page.Exit, page.Output) : default);

        await api.StoreAsync(StoredFleet.Agent("quiet") with { ReceivedAt = ApiSetup.Noon.AddHours(-1) });
        Assert.EndsWith("quiet\n", (await OfMonitorAsync(api, "monerocloud agents")).Output, StringComparison.Ordinal);
        await api.HistoryAsync("host.main", new HistoryEntry { At = new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero), Place = "1.1", Fact = new NodeFact.Exited(7, 1, null, ExitCause.PortTaken, false) });
        Assert.Equal("2026-11-22T23:00:00+00:00\tPortTaken\n", (await OfMonitorAsync(api, "monerocloud history main -n 1000")).Output);
    }

    [Fact]
    public async Task A_payout_is_postponed_with_the_reason()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("host.main"), new Uri($"http://127.0.0.1:{FreePort.Next()}"), kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Node("host.main") with { WalletDeclared = false });

        var (exit, _, error) = await OfMonitorAsync(api, "payout postponed");

        Assert.Equal(75, exit);
        Assert.StartsWith("payout postponed: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("null", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_for_cron_prints_nothing_while_all_is_well_and_the_table_when_not()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        var key = Path.Combine(TestRun.NewFolder("cron"), "viewer.key");
        await File.WriteAllTextAsync(key, ApiSetup.Viewer, Cancellation);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var line = DocumentText.Blocks(Document, "cron")[0].Split('\n')[^1]["*/5 * * * * ".Length..].Replace("\\%", "%", StringComparison.Ordinal).Replace("/etc/monerocloud/viewer.key", key, StringComparison.Ordinal);

        Assert.Equal((0, "", ""), await ScriptAsync("bash", ["-c", line], Variables(api)));
        await api.StoreAsync(StoredFleet.Node("host.second", HealthState.Down, Condition.Exited));
        Assert.Contains("explained as Exited", (await ScriptAsync("bash", ["-c", line], Variables(api))).Output, StringComparison.Ordinal);
        api.Table.Away = true;
        Assert.Contains("the storage cannot be used", (await ScriptAsync("bash", ["-c", line], Variables(api))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_queries_of_the_store_find_what_failed()
    {
        var file = Path.Combine(TestRun.NewFolder("query"), "state.db");
        await using (var table = new SqliteTable(file, new TableOptions(), TimeProvider.System))
        {
            await table.PrepareAsync(Cancellation);
            var rows = new NodeRows(AlertRules.Default, new MonitorPolicy().SilentAfter);
            foreach (var node in new[] { StoredFleet.Node("host.main"), StoredFleet.Node("host.second", HealthState.Down, Condition.Exited) with { Identity = null }, StoredFleet.Node("host.off", HealthState.Down, Condition.Exited) with { Available = false } })
            {
                await table.CommitAsync([.. rows.Of(new Stored<NodeRecord>(node, null), NodeChange.None(node), null, [], ApiSetup.Noon)], Cancellation);
            }
        }

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(Cancellation);
        var queries = DocumentText.Blocks(Document, "sql");

        Assert.Equal(["2|1|1"], await QueryAsync(connection, queries[0]));
        Assert.Equal(["host.second||explained as Exited|2026-01-15T11:59:50+00:00"], await QueryAsync(connection, queries[1]));
        Assert.Equal($"RowKey ge '{KeyText.Write(Keys.Nodes)}' and RowKey lt '{KeyText.Write("n}")}' and {Names.WorkedColumn} eq false", DocumentText.Blocks(Document, "odata").Single());
    }

    [Fact]
    public async Task Its_CSharp_does_what_it_says()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("remote.main"), peer.Address, kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Node("remote.main") with { WalletDeclared = false }, StoredFleet.Node("remote.gone"));
        var file = Path.Combine(TestRun.NewFolder("code"), "key");
        await File.WriteAllTextAsync(file, ApiSetup.Operator + "\n", Cancellation);
        var key = await ExampleCode.KeyAsync(file, Cancellation);
        using var client = new MonitorClient(new MonitorTarget { Address = api.Address, Key = key });
        var checks = new NodeChecks(client);
        using var log = new StringWriter();

        await ExampleCode.BeforeAnOperationAsync(api.Address, key);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ExampleCode.IsUsableAsync(checks, "nobody", log, Cancellation));
        Assert.False(await ExampleCode.IsUsableAsync(checks, "main", log, Cancellation));
        Assert.Contains("nobody knows whether main works: ", log.ToString(), StringComparison.Ordinal); // By full: it has no agent.
        await Assert.ThrowsAsync<MonitorException>(() => ExampleCode.UpdateAsync(checks, log, Cancellation));

        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        await using var app = builder.Build();
        ExampleCode.MapHealth(app, checks);
        await app.StartAsync(Cancellation);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(address, "/health/wallets"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"status":"healthy","working":2,"total":2}""", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [GeneratedRegex("""(?<![\w/-]|-t )monerocloud ((?:(?!2>|>|<|\||;|\)|&|#|\n).)+)""")]
    private static partial Regex Command();

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    private static Task<(int Exit, string Output, string Error)> OfMonitorAsync(ApiUnderTest api, string part) =>
        ScriptAsync("bash", ["-c", DocumentText.Blocks(Document, "sh").First(block => block.Contains(part, StringComparison.Ordinal))], Variables(api));

    private static (string, string)[] Variables(ApiUnderTest api) =>
        [("MONEROCLOUD_MONITOR", api.Address.ToString().TrimEnd('/')), ("MONEROCLOUD_KEY", ApiSetup.Viewer)];

    private static async Task<(int Exit, string Output, string Error)> ScriptAsync(string program, string[] arguments, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(DotnetHost.File);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        return (process.ExitCode, await output, await error);
    }

    private static async Task<List<string>> QueryAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return lines;
    }
}
