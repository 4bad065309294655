using System.Text.Json;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;
using static MoneroCloud.Tests.Export.ExportRig;

namespace MoneroCloud.Tests.Export;

/// <summary>Nothing of a file is written before the monitor has looked at all of it.</summary>
public sealed class ImportCheckTests
{
    private readonly string _file = Path.Combine(Testing.TestRun.NewFolder("check"), "state");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_forged_row_in_the_last_part_keeps_all_the_others_out()
    {
        await using var from = await LongAsync();
        await using var to = await ApiUnderTest.StartAsync();
        var lines = StateFileDamage.Lines(_file);
        var bad = JsonSerializer.Deserialize(lines[^2], ApiJson.Default.ExportedRow)! with { Doc = "{}" };
        StateFileDamage.Resigned(_file, [.. lines[..^2], JsonSerializer.Serialize(bad, ApiJson.Default.ExportedRow)]);

        foreach (var arguments in new[] { new[] { "import", _file }, ["import", _file, "--dry-run"], ["import", _file, "--overwrite"] })
        {
            var import = await RunAsync(to, arguments);

            Assert.Equal((1, ""), (import.Exit, import.Output));
            Assert.Contains($"{_file} is not imported, and nothing of it was written: ", import.Error, StringComparison.Ordinal);
            Assert.Contains($"row {lines.Length - 2} (line {lines.Length - 1} of the file), ", import.Error, StringComparison.Ordinal);
            Assert.Contains($" in shard {bad.Shard}, cannot be read as the ", import.Error, StringComparison.Ordinal);
            Assert.Empty(await RowsAsync(to, ""));
        }

        // Without that look the rows of the earlier parts would have been written: so it was until now.
        using var client = Client(to);
        var file = await StateFile.CheckAsync(_file, Cancellation);
        var whole = new ImportRequest { File = file.Footer.Sha256, Total = file.Footer.Rows };
        await client.Operators.ImportAsync(whole, Cancellation);
        Assert.IsType<MonitorReply<ImportAnswer>.Got>(await client.Operators.ImportAsync(whole with { Rows = [.. await file.RowsAsync(0, Cancellation).Take(500).ToArrayAsync(Cancellation)] }, Cancellation));
        Assert.NotEmpty(await RowsAsync(to, ""));
    }

    [Fact]
    public async Task A_dry_run_looks_at_all_of_it_and_writes_nothing()
    {
        await using var from = await LongAsync();
        await using var to = await ApiUnderTest.StartAsync();

        var run = await RunAsync(to, "import", _file, "--dry-run");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains($"{StateFileDamage.Lines(_file).Length - 2} rows of ", run.Output, StringComparison.Ordinal);
        Assert.Contains("can be imported. Nothing was written.", run.Output, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(to, ""));

        await to.StoreAsync(StoredFleet.Node("other.node"));
        var before = await RowsAsync(to, "");
        var refused = await RunAsync(to, "import", _file, "--dry-run");
        Assert.Equal(1, refused.Exit);
        Assert.Contains("the store is not empty: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(to, "import", _file, "--dry-run", "--overwrite")).Exit);
        Assert.Equal(before, await RowsAsync(to, ""));
    }

    [Theory]
    [InlineData("o|0123|order", "{}", "is of no kind that this version of the program writes: its key begins with none of a|, ")] // On its way.
    [InlineData("zz|x", "{}", "is of no kind")]
    [InlineData("n|host.second", "{}", "cannot be read as the node")]
    [InlineData("n|host.other", null, "is not where it belongs: as the node that it holds its key is n|host.main in shard ")]
    [InlineData("n|host.main", null, "is there twice: 1 rows earlier too")]
    [InlineData("n|host.main", "long", "has a doc of 40000 characters: at most 32000")]
    [InlineData("r|h|host.main|0000000000000000001|0", "{\"h00_0_0\":{\"start\":0,\"began\":0}}", "is not where it belongs: as the roll-up of hours")]
    [InlineData("r|h|host.main|2534023007999999999|0", "{\"h01_0_0\":{\"start\":0,\"began\":0}}", "cannot be read as the roll-up of hours")]
    [InlineData("r|h|host.main|2534023007999999999|0", "{\"h00_0_0\":null}", "cannot be read as the roll-up of hours")]
    [InlineData("r|h|host.main|2534023007999999999|0", "{\"h00_0_0\":{\"start\":0,\"began\":0},\"h00_1_0\":{\"start\":86400,\"began\":1}}", "cannot be read as the roll-up of hours")]
    [InlineData("r|h|host.main|2534023007999999999|0", "{}", "cannot be read as the roll-up of hours")]
    [InlineData("r|d|host.main|0000000000000000001|00000000000001.0", "{\"start\":0,\"began\":0}", "is not where it belongs: as the roll-up of a day")]
    [InlineData("d|host.main|1|a|log", "{\"alert\":null,\"channel\":\"log\",\"at\":\"2026-01-01T00:00:00Z\",\"attempts\":1}", "cannot be read as the delivery")]
    [InlineData("h|host.main|1|1.1", "endless", "cannot be read as the entry of a history")]
    [InlineData("n|\u001b[2J", "{}", "row 2 (line 3 of the file), n|?[2J in shard ")]
    public async Task A_row_that_this_program_would_not_have_written_is_refused_with_all_that_came_with_it(string key, string? doc, string why)
    {
        await using var to = await ApiUnderTest.StartAsync();
        using var client = Client(to);
        var node = StoredFleet.Node("host.main");
        var good = new ExportedRow { Shard = Keys.Node(node.Id).Shard.Number, Key = Keys.Node(node.Id).Key, Doc = JsonSerializer.Serialize(node, CoreJson.Default.NodeRecord) };
        var bad = good with
        {
            Key = key,
            Doc = doc switch
            {
                null => good.Doc,
                "long" => new string('x', 40_000),
                "endless" => $"{{\"at\":\"2026-01-01T00:00:00Z\",\"place\":\"{new string('1', 600)}\"}}",
                _ => doc,
            },
        };
        var whole = new ImportRequest { File = new string('a', 64), Total = 2 };
        Assert.Equal((0, false), Told(await client.Operators.ImportAsync(whole, Cancellation)));

        foreach (var check in new[] { true, false })
        {
            var reply = await client.Operators.ImportAsync(whole with { Check = check, Rows = [good, bad] }, Cancellation);

            var refused = Assert.IsType<MonitorReply<ImportAnswer>.Refused>(reply);
            Assert.Equal(400, refused.Status);
            Assert.Contains("row 2 (line 3 of the file), ", refused.Detail, StringComparison.Ordinal);
            Assert.Contains(why, refused.Detail, StringComparison.Ordinal);
            Assert.Empty(await RowsAsync(to, Keys.Nodes));
        }
    }

    /// <summary>Three parts of a file.</summary>
    private async Task<ApiUnderTest> LongAsync()
    {
        var from = await FleetAsync();
        await from.HistoryAsync("host.main", [.. Enumerable.Range(0, 1_200).Select(i => new HistoryEntry { At = ApiSetup.Noon.AddMinutes(-i), Place = $"7.{i}", Fact = new NodeFact.Spawned(i) })]);
        Assert.Equal(0, (await RunAsync(from, "export", "--output", _file)).Exit);
        return from;
    }
}
