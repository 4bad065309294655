using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary><c>pages</c>: how long people, scripts and Prometheus wait for a monitor whose fleet has a past, as the fleet grows.</summary>
internal sealed class PagesBench(PagesOptions options, RunFolder folder)
{
    private const string Connection = "BENCH_TABLE";
    private const string Operator = "ooooooooooooooooooooooooooooooooooooooooooo";

    /// <summary>Every five seconds Azurite writes all that it holds into a file, if it has changed, and answers nobody meanwhile.</summary>
    private static readonly TimeSpan TableSaved = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan SeedPatience = TimeSpan.FromHours(1);

    private readonly FreePorts ports = new();
    private readonly LiveHeap heap = new(options.GcDump, folder.New("heap"));
    private readonly List<PageSample> samples = [];
    private readonly List<PagesMemory> memory = [];

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        var load = new MachineLoad();
        foreach (var nodes in options.Nodes)
        {
            await (options.Stores.Contains(PagesOptions.Sqlite) ? FileAsync(nodes, cancellation) : Task.CompletedTask);
            await (options.Stores.Contains(PagesOptions.Azurite) ? TableAsync(nodes, cancellation) : Task.CompletedTask);
        }

        var report = new PagesReport(options, samples, memory);
        return new BenchResult
        {
            Name = "pages",
            Method = PagesReport.Method,
            MachineBusyPercent = load.BusyPercent(),
            Versions = new Dictionary<string, string> { ["monitor"] = "this commit" },
            Settings = report.Settings(),
            RawText = report.RawText(),
            Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListPageSample)!,
            Table = report.Table(),
        };
    }

    private async Task FileAsync(int nodes, CancellationToken cancellation)
    {
        var place = folder.New(string.Create(CultureInfo.InvariantCulture, $"file-{nodes}"));
        await using var monitor = new StandaloneMonitor(place, options.Monitor, ports);
        var data = Directory.CreateDirectory(Path.GetDirectoryName(monitor.StateFile)!, (UnixFileMode)0b111_000_000);
        var rows = await SeedAsync(Path.Combine(data.FullName, "seeder.out"), new Dictionary<string, string>(), nodes, nodes, ["sqlite", monitor.StateFile], cancellation);
        await monitor.StartAsync([], new Dictionary<string, string>(), cancellation);
        var key = (await File.ReadAllTextAsync(monitor.OperatorKeyFile, cancellation)).Trim();
        await VisitAsync(PagesOptions.Sqlite, nodes, nodes, monitor.Address + "/", key, cancellation);
        await NoteAsync(PagesOptions.Sqlite, nodes, rows, monitor.Pid, cancellation);
    }

    private async Task TableAsync(int nodes, CancellationToken cancellation)
    {
        var place = folder.New(string.Create(CultureInfo.InvariantCulture, $"table-{nodes}"));
        await using var table = await TableService.StartAsync(folder.New(Path.GetFileName(place) + "-azurite"), options.AzuriteMain, ports.Next(), cancellation);
        var past = Math.Min(nodes, options.TablePast);
        var rows = await SeedAsync(Path.Combine(place, "seeder.out"), new Dictionary<string, string> { [Connection] = table.ConnectionString }, nodes, past, ["table", Connection], cancellation);
        var config = Path.Combine(place, "monitor.json");
        await File.WriteAllTextAsync(config, new JsonObject().ToJsonString(), cancellation);
        var port = ports.Next();
        await using var handler = await HandlerInstance.StartAsync(place, options.Monitor, config, port, HandlerSettings.Of(table.ConnectionString, Operator), cancellation);
        await Task.Delay(TableSaved, TimeProvider.System, cancellation);
        await VisitAsync(PagesOptions.Azurite, nodes, past, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"), Operator, cancellation);
        await NoteAsync(PagesOptions.Azurite, nodes, rows, handler.Pid, cancellation);
    }

    /// <returns>What it said at its end.</returns>
    private async Task<string> SeedAsync(string log, Dictionary<string, string> environment, int nodes, int past, string[] store, CancellationToken cancellation)
    {
        string[] numbers = [.. new[] { nodes, options.Days, past }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        using var process = Shell.Start(log, environment, [options.Seeder, .. store, .. numbers]);
        await process.WaitForExitAsync(cancellation).WaitAsync(SeedPatience, TimeProvider.System, cancellation);
        var said = (await File.ReadAllLinesAsync(log, cancellation)).LastOrDefault() ?? "";
        return process.ExitCode == 0 ? said : throw new BenchException($"the seeder ended with {process.ExitCode}: {said}");
    }

    private async Task VisitAsync(string store, int nodes, int past, string address, string key, CancellationToken cancellation)
    {
        using var visitor = new PageVisitor(address, key, nodes, past);
        foreach (var kind in visitor.Kinds().Where(k => k.What.StartsWith(options.Only, StringComparison.Ordinal)))
        {
            var sample = await visitor.AskAsync(store, kind, options.Requests, cancellation);
            var of = new Distribution(sample.Milliseconds);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{store}, {nodes} nodes, {kind.What}: p50 {of.P50:0.0}, p99 {of.P99:0.0}, max {of.Max:0.0} ms, {sample.Bytes / 1024.0:0.0} KiB"));
            samples.Add(sample);
        }
    }

    private async Task NoteAsync(string store, int nodes, string rows, int pid, CancellationToken cancellation)
    {
        var (resident, peak) = (ProcFile.Rollup(pid, "Rss:"), ProcFile.PeakRss(pid));
        memory.Add(new PagesMemory(store, nodes, rows, resident, peak, await heap.MeasureAsync(pid, cancellation) / 1024));
    }
}
