using System.Diagnostics;
using System.Text.Json;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Export;

/// <summary>The command and the standalone monitor, as processes, are killed at each stage of an import.</summary>
public sealed class CutImportTests
{
    private const int Nodes = 30;
    private const int EntriesOfEach = 99;

    private readonly string _file = Path.Combine(TestRun.NewFolder("cut-import"), "state.gz");

    /// <summary>Whom to kill at the first part of a run, and when.</summary>
    private enum Cut
    {
        CommandBeforeIt,
        CommandBeforeItsAnswer,
        MonitorBeforeIt,
        MonitorWhileItIsWritten,
        MonitorBeforeItsAnswer,
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_killed_when_the_same_command_goes_on_and_until_the_end_everybody_is_told()
    {
        var rows = await WriteAsync();
        await using var monitor = await StandaloneMonitor.StartAsync("cut-import", nodes: null, ("PROBE_SCHEDULE", "0 0 3 1 1 *"));
        await using var gate = new ImportGate(monitor.Url);
        await monitor.UntilAsync("api/health", (status, body) => status == 200 && body["reason"] is null, withKey: false);

        foreach (var cut in Enum.GetValues<Cut>())
        {
            await CutAsync(monitor, gate, cut);
        }

        // Killed after the last part was stored, it is over.
        var ended = await RunAsync(monitor, gate, (process, part, pass) => part.From + part.Rows.Length == part.Total ? KillAfterAsync(process, pass) : pass());
        Assert.Equal(128 + Signals.Kill, ended.Exit);
        var again = await RunAsync(monitor, gate, (_, _, pass) => pass());
        Assert.Equal((0, ""), (again.Exit, again.Error));
        Assert.Contains($"all {rows.Length} rows of this file were imported before", again.Output, StringComparison.Ordinal);
        await monitor.UntilAsync("api/health", (_, body) => body["reason"] is null && (int)body["total"]! == Nodes, withKey: false);

        var exported = $"{_file}.again";
        Assert.Equal(0, (await AskAsync(Start(monitor.Url, monitor, "export", "--output", exported))).Exit);
        var there = await (await StateFile.CheckAsync(exported, Cancellation)).RowsAsync(0, Cancellation).ToDictionaryAsync(r => r.Key, cancellationToken: Cancellation);
        Assert.All(rows, row => Assert.Equal(row, there[row.Key]));
    }

    private async Task CutAsync(StandaloneMonitor monitor, ImportGate gate, Cut cut)
    {
        var from = -1L;
        var run = await RunAsync(monitor, gate, async (process, part, pass) =>
        {
            from = part.From;
            await (cut switch
            {
                Cut.CommandBeforeIt => KillAsync(process),
                Cut.CommandBeforeItsAnswer => KillAfterAsync(process, pass),
                Cut.MonitorBeforeIt => DieAsync(monitor, pass),
                Cut.MonitorWhileItIsWritten => Task.WhenAll(pass(), DieAsync(monitor, () => Task.CompletedTask)),
                _ => DieAfterAsync(monitor, pass),
            });
        });

        if (cut is Cut.CommandBeforeIt or Cut.CommandBeforeItsAnswer)
        {
            Assert.Equal(128 + Signals.Kill, run.Exit);
        }
        else
        {
            Assert.Equal(1, run.Exit);
            Assert.Contains($"was cut: at least {from} of {Nodes * (EntriesOfEach + 1)} rows are stored", run.Error, StringComparison.Ordinal);
            Assert.Contains("Give the same command again: it goes on there", run.Error, StringComparison.Ordinal);
            await monitor.StartAgainAsync();
        }

        // The monitor does not run on a part of it as if it were all.
        await monitor.UntilAsync("api/health", (status, body) => status == 503 && (string?)body["reason"] == "import" && (string?)body["status"] == "degraded", withKey: false);
    }

    private static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
        throw new IOException("killed");
    }

    private static async Task KillAfterAsync(Process process, Func<Task> pass)
    {
        await pass();
        await KillAsync(process);
    }

    private static async Task DieAsync(StandaloneMonitor monitor, Func<Task> then)
    {
        await monitor.EndAsync(Signals.Kill);
        await then();
    }

    private static async Task DieAfterAsync(StandaloneMonitor monitor, Func<Task> pass)
    {
        await pass();
        await DieAsync(monitor, () => throw new IOException("killed"));
    }

    private Task<(int Exit, string Output, string Error)> RunAsync(StandaloneMonitor monitor, ImportGate gate, Func<Process, ImportRequest, Func<Task>, Task> onPart)
    {
        var begun = new TaskCompletionSource<Process>();
        gate.OnPart = async (part, pass) => await onPart(await begun.Task, part, pass);
        var process = Start(gate.Url, monitor, "import", _file);
        begun.SetResult(process);
        return AskAsync(process);
    }

    private static Process Start(Uri url, StandaloneMonitor monitor, params string[] command) =>
        Process.Start(new ProcessStartInfo(AgentUnderTest.Program, [.. command, "--monitor", url.ToString(), "--key-file", monitor.OperatorKeyFile]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<(int Exit, string Output, string Error)> AskAsync(Process process)
    {
        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
            await process.WaitForExitAsync(Cancellation);
            return (process.ExitCode, await output, await error);
        }
    }

    /// <summary>Six parts of a file.</summary>
    private async Task<ExportedRow[]> WriteAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        ExportedRow[] rows = [.. Enumerable.Range(0, Nodes).SelectMany(i => Of(new NodeId(NodeName.Parse("home"), NodeName.Parse($"node{i}")), now))];
        var header = new ExportHeader { Format = ExportHeader.OfMonitor, Version = ExportHeader.Newest, Program = "1.2.3", At = now };
        await using var file = await StateFileWriter.CreateAsync(_file, header, Cancellation);
        foreach (var row in rows)
        {
            await file.WriteAsync(row, Cancellation);
        }

        await file.FinishAsync(Cancellation);
        return rows;
    }

    private static IEnumerable<ExportedRow> Of(NodeId id, DateTimeOffset now)
    {
        yield return Row(Keys.Node(id), JsonSerializer.Serialize(NodeRecord.New(id, NodeKind.WalletRpc, now), CoreJson.Default.NodeRecord));
        foreach (var entry in Enumerable.Range(0, EntriesOfEach).Select(n => new HistoryEntry { At = now.AddMinutes(-n), Place = $"1.{n}", Fact = new NodeFact.Spawned(n) }))
        {
            yield return Row(Keys.History(id.ToString(), entry), JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry));
        }
    }

    private static ExportedRow Row(RowKey key, string doc) => new() { Shard = key.Shard.Number, Key = key.Key, Doc = doc };
}
