using System.CommandLine;
using System.Globalization;
using MoneroCloud.Bench.Traces;
using MoneroCloud.Testing;

// bench/run trace [SCENARIO...]: what a real wallet-rpc shows its host while it works, waits or hangs, written into tests/traces.
var names = new Argument<string[]>("scenario") { Description = string.Join(", ", Scenarios.All.Select(s => s.Name)), Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. Scenarios.All.Select(s => s.Name)]);
var blocks = new Option<int>("--blocks") { Description = "of the regtest chain that is caught up with", DefaultValueFactory = _ => 1200 };
var folder = new Option<string>("--traces") { Description = "where they are written", DefaultValueFactory = _ => Path.Combine("tests", "traces") };
var root = new RootCommand("Records traces of a real wallet-rpc; without a scenario all of them.") { names, blocks, folder };
root.SetAction(async (parsed, cancellation) =>
{
    try
    {
        return await RecordAsync(parsed, cancellation);
    }
    catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
    {
        await Console.Error.WriteLineAsync("nothing was recorded: a call to one of the programs took over 30 s");
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();

async Task<int> RecordAsync(ParseResult parsed, CancellationToken cancellation)
{
    var wanted = parsed.GetValue(names) is { Length: > 0 } some ? Scenarios.All.Where(s => some.Contains(s.Name)) : Scenarios.All;
    var versions = await Versions.HereAsync(cancellation);
    Console.Error.WriteLine($"mining {parsed.GetValue(blocks)} blocks");
    await using var chain = await Chain.MakeAsync(parsed.GetValue(blocks), cancellation);
    foreach (var scenario in wanted)
    {
        Console.Error.WriteLine($"{scenario.Name}: {scenario.What}");
        await using var stage = new Stage(chain);
        await scenario.Run(stage, cancellation);
        var header = new TraceHeader
        {
            Trace = scenario.Name,
            Command = $"bench/run trace {scenario.Name} --blocks {parsed.GetValue(blocks)}",
            What = scenario.What,
            Versions = versions,
            Date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Machine = Versions.Machine(),
            SampleMilliseconds = RawSampler.Period,
        };
        new Trace(header, [.. stage.Lines]).Write(Directory.CreateDirectory(parsed.GetValue(folder)!).FullName);
    }

    return 0;
}
