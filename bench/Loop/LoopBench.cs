using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary><c>loop</c>: children that end as soon as they are started: how often, and at what cost.</summary>
internal sealed class LoopBench(LoopOptions options, RunFolder folder)
{
    private const string Method = """
        One agent with its defaults, not enrolled; its children end at once with code 1, each after it has written a line with its name, which is what is counted. The control
        ends as quickly under a shell's `while true`, with a pause of a second between two starts. CPU: the agent's own user and system time from just after its start to the end.
        """;

    private string StartsFile => Path.Combine(folder.Path, "starts");

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        var program = Path.Combine(folder.Path, "ends");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho \"$BENCH_CHILD\" >> '{StartsFile}'\nexit 1\n", cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var ports = new FreePorts();
        ImmutableArray<ChildSpec> children = [.. Enumerable.Range(0, options.Children).Select(i => Child($"loop-{i}", program, ports.Next()))];
        await using var agent = options.Programs.MakeAgent(folder, new Dictionary<string, string>());
        var version = await agent.VersionAsync(cancellation);
        var load = new MachineLoad();
        await agent.StartAsync(children, cancellation);
        using var control = Shell.Start(
            Path.Combine(folder.Path, "control.log"),
            new Dictionary<string, string> { ["BENCH_CHILD"] = "control" },
            "timeout", options.Duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), "sh", "-c", $"while true; do '{program}'; sleep 1; done");
        var before = Ticks(agent);
        await Task.Delay(options.Duration, TimeProvider.System, cancellation);
        var ticks = Ticks(agent) - before;
        var starts = (await File.ReadAllLinesAsync(StartsFile, cancellation)).CountBy(l => l).ToDictionary(l => l.Key, l => l.Value);
        return Report(version, children, starts, ticks, load.BusyPercent());
    }

    private static ChildSpec Child(string name, string program, int port) => new()
    {
        Name = name,
        Port = port,
        Program = program,
        Arguments = ["--disable-rpc-login", "--wallet-dir", "/nonexistent"],
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("BENCH_CHILD", name),
    };

    private static long Ticks(Supervisor agent) => agent.OwnProcesses([]).Sum(ProcFile.CpuTicks);

    private BenchResult Report(string version, ImmutableArray<ChildSpec> children, Dictionary<string, int> starts, long ticks, double busyPercent)
    {
        var counts = children.Select(c => starts.GetValueOrDefault(c.Name)).ToArray();
        var control = starts.GetValueOrDefault("control");
        var seconds = options.Duration.TotalSeconds;
        var table = new MarkdownTable("crash loop", "n", "starts of one, most", "least", "in all", "CPU of the agent");
        table.Row(
            $"monerocloud, {seconds:0} s",
            Text($"{counts.Length}"),
            Text($"{counts.Max()}"),
            Text($"{counts.Min()}"),
            Text($"{counts.Sum()}"),
            Text($"{ticks} ticks = {ticks / seconds:0.000} % of a core"));
        table.Row("control: a shell's loop with a pause of 1 s", "1", Text($"{control}"), Text($"{control}"), Text($"{control}"), "-");
        return new BenchResult
        {
            Name = "loop",
            Method = Method,
            MachineBusyPercent = busyPercent,
            Versions = new Dictionary<string, string> { ["monerocloud"] = version },
            Settings = new Dictionary<string, string> { ["children"] = Text($"{options.Children}"), ["duration"] = Text($"{seconds:0} s") },
            RawText = string.Join(", ", starts.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => Text($"{s.Key}: {s.Value}"))),
            Samples = JsonSerializer.SerializeToNode(counts, BenchJson.Default.Int32Array)!,
            Table = table.ToString(),
            Faults = [.. counts.Min() == 0 ? ["a child was never started"] : Array.Empty<string>(), .. control < seconds / 2 ? ["the control was not counted as it should"] : Array.Empty<string>()],
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
