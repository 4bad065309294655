using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The table of docs/cost.md is what scripts/cost computes.</summary>
public sealed class CostTests
{
    private const string Begin = "<!-- scripts/cost -->\n";

    private const string End = "<!-- /scripts/cost -->";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_has_what_the_script_computes()
    {
        var run = await RunAsync();
        Assert.Equal((0, ""), (run.Exit, run.Error));
        var text = File.ReadAllText(GeneratedFile.At("docs/cost.md"));
        var table = text[(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..text.IndexOf(End, StringComparison.Ordinal)];
        Assert.Equal(run.Output, table);
    }

    [Fact]
    public async Task A_small_fleet_costs_what_the_bus_and_the_alerts_do()
    {
        var run = await RunAsync("1", "1");
        Assert.Contains("| 1 | 1 | 1 min | 0.00 | 10.00 |", run.Output, StringComparison.Ordinal);
        Assert.Equal(64, (await RunAsync("0", "1")).Exit);
        Assert.Equal(64, (await RunAsync("1")).Exit);
    }

    private static Task<ToolRun> RunAsync(params string[] arguments) => ToolRun.OfAsync("/bin/bash", [GeneratedFile.At("scripts/cost"), .. arguments], "/", null, Now);
}
