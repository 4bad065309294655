using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Xunit;
using static MoneroCloud.Tests.Export.ExportRig;

namespace MoneroCloud.Tests.Export;

/// <summary><c>export</c> and <c>import</c> from one monitor's store into another's, over real HTTP.</summary>
public sealed class ExportApiTests
{
    private readonly string _file = Path.Combine(TestRun.NewFolder("export"), "state");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_exported_and_imported_is_exported_again_row_by_row()
    {
        await using var from = await FleetAsync();
        await using var to = await ApiUnderTest.StartAsync();

        var export = await RunAsync(from, "export", "--output", _file);
        Assert.Equal((0, ""), (export.Exit, export.Error));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
        var import = await RunAsync(to, "import", _file);
        Assert.Equal((0, ""), (import.Exit, import.Error));
        Assert.Equal((0, ""), await ExitOfAsync(to, "export", "--output", $"{_file}2"));

        var (first, second) = (StateFileDamage.Lines(_file), StateFileDamage.Lines($"{_file}2"));
        Assert.Equal(first[1..^1].Where(l => !IsConfig(l)), second[1..^1]);
        Assert.Single(first, IsConfig);
        Assert.Equal(await ExportedAsync(from), await ExportedAsync(to));
        Assert.True(first.Length > 20, $"{first.Length} lines");
        Assert.Equal(ExportedKinds.Prefixes.Where(p => p != KeptConfigPart.KeyPrefix), (await ExportedAsync(to)).Select(r => ExportedKinds.Prefixes.First(p => r.Key.StartsWith(p, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal((await from.GetAsync("/api/nodes")).Text, (await to.GetAsync("/api/nodes")).Text);
        Assert.Contains($"{first.Length - 2} rows in {_file}", export.Output, StringComparison.Ordinal);
        Assert.Contains("To be set again", import.Output, StringComparison.Ordinal);
        Assert.Contains($"'monerocloud config extract {_file} --output FILE' writes it", import.Output, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(to, KeptConfigPart.KeyPrefix)); // What a start with a bad monitor.json uses stays this monitor's own.
    }

    [Fact]
    public async Task Who_took_a_state_out_and_put_one_in_is_in_the_audit_also_where_it_was_refused()
    {
        await using var from = await FleetAsync();
        await using var to = await ApiUnderTest.StartAsync();
        await RunAsync(from, "export", "--output", _file);
        await RunAsync(to, "import", _file);
        using var client = Client(to);
        var other = new ImportRequest { File = new string('7', 64), Total = 1, From = 0, Rows = [] };
        Assert.IsType<MonitorReply<ImportAnswer>.Refused>(await client.Operators.ImportAsync(other, Cancellation));

        var taken = (await from.GetAsync("/api/audit?limit=500")).Read(ApiJson.Default.AuditList).Entries.Where(e => e.Deed == "export").ToList();
        var put = (await to.GetAsync("/api/audit?limit=500")).Read(ApiJson.Default.AuditList).Entries.Where(e => e.Deed == "import").ToList();

        Assert.Equal(Shard.All.Select(s => $"part {s.Number + 1} of {Shard.Count}").Order(), taken.Select(e => e.Details).Order());
        Assert.All(taken.Concat(put), e => Assert.Equal(("operator", NodeId.Monitor, "127.0.0.1"), (e.By, e.Subject, e.From)));
        Assert.Equal(3, put.Count);
        Assert.Contains(put, e => e.Result == "begun" && e.Details!.Contains(" rows of the file ", StringComparison.Ordinal));
        Assert.Contains(put, e => e.Result!.StartsWith("done: ", StringComparison.Ordinal));
        Assert.Contains(put, e => e.Result!.StartsWith("refused: the store is not empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_secret_is_in_the_file_and_nothing_that_is_on_its_way()
    {
        await using var from = await FleetAsync();
        await RunAsync(from, "export", "--output", _file);
        var text = string.Join('\n', StateFileDamage.Lines(_file));

        Assert.All(new[] { ApiSetup.Operator, ApiSetup.Viewer, "PRIVATE KEY", PublishedKey.Pem.Split('\n')[1].Trim(), "\"d\\u0022" }, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.DoesNotContain("\"key\":\"o|", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"key\":\"l|", text, StringComparison.Ordinal);
        Assert.NotEmpty(await RowsAsync(from, Keys.Outbox)); // There was something that could have been.
    }

    [Fact]
    public async Task A_store_that_is_not_empty_is_left_as_it_is_unless_that_is_wanted()
    {
        await using var from = await FleetAsync();
        await using var to = await ApiUnderTest.StartAsync();
        await RunAsync(from, "export", "--output", _file);
        await to.StoreAsync(StoredFleet.Node("other.node"));
        var before = await RowsAsync(to, "");

        var refused = await RunAsync(to, "import", _file);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("the store is not empty: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync(to, ""));

        Assert.Equal((0, ""), await ExitOfAsync(to, "import", _file, "--overwrite"));
        Assert.NotNull(await to.ReadAsync("other.node"));
        Assert.NotNull(await to.ReadAsync("host.main"));
    }

    [Fact]
    public async Task One_that_was_cut_goes_on_and_one_that_was_done_does_nothing_more()
    {
        await using var from = await FleetAsync();
        await using var to = await ApiUnderTest.StartAsync();
        await from.HistoryAsync("host.main", [.. Enumerable.Range(0, 1_200).Select(i => new HistoryEntry { At = ApiSetup.Noon.AddMinutes(-i), Place = $"7.{i}", Fact = new NodeFact.Spawned(i) })]);
        await RunAsync(from, "export", "--output", _file);

        // The monitor dies after the second part.
        using (var client = Client(to))
        {
            var file = await StateFile.CheckAsync(_file, Cancellation);
            var whole = new ImportRequest { File = file.Footer.Sha256, Total = file.Footer.Rows };
            Assert.Equal((0, false), Told(await client.Operators.ImportAsync(whole, Cancellation)));
            var rows = await file.RowsAsync(0, Cancellation).Take(700).ToArrayAsync(Cancellation);
            Assert.Equal((400, false), Told(await client.Operators.ImportAsync(whole with { Rows = [.. rows[..400]] }, Cancellation)));
            Assert.Equal((400, false), Told(await client.Operators.ImportAsync(whole with { Rows = [.. rows[..400]] }, Cancellation))); // Again: its answer was lost.
            Assert.Equal((700, false), Told(await client.Operators.ImportAsync(whole with { From = 400, Rows = [.. rows[400..]] }, Cancellation)));
        }

        // Until all is there everybody is told that it is not.
        Assert.Contains("\"reason\":\"import\"", (await to.GetAsync("/api/health", null)).Text, StringComparison.Ordinal);
        Assert.Contains("Only a part of what is imported is there", (await to.GetAsync("/dashboard")).Text, StringComparison.Ordinal);

        var import = await RunAsync(to, "import", _file);
        Assert.Equal((0, ""), (import.Exit, import.Error));
        Assert.Contains("700 of them by an earlier try", import.Output, StringComparison.Ordinal);
        Assert.Equal(await ExportedAsync(from), await ExportedAsync(to));
        to.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.DoesNotContain("reason", (await to.GetAsync("/api/health", null)).Text, StringComparison.Ordinal);

        var again = await RunAsync(to, "import", _file);
        Assert.Equal(0, again.Exit);
        Assert.Contains("were imported before", again.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Damages { get; } = new()
    {
        { "cut off", "cut off" },
        { "a byte is another", "damaged" },
        { "a row is missing", "it has" },
        { "a row is another", "its checksum is not that of its contents" },
        { "a line follows", "goes on after its last line" },
        { "the last line is missing", "is cut off: its last line is missing" },
        { "of a newer program", "is of version 2, written by 9.9; this program reads up to version 1: take a newer one" },
        { "of another program", "is of something else" },
        { "a text", "is damaged, cut off, or no file of 'monerocloud export'" },
        { "empty", "" },
        { "a line without an end", "is no file of 'monerocloud export'" },
        { "missing", "" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Of_a_file_that_is_not_whole_nothing_is_written(string damage, string reason)
    {
        await using var from = await FleetAsync();
        await using var to = await ApiUnderTest.StartAsync();
        await RunAsync(from, "export", "--output", _file);
        StateFileDamage.Do(_file, damage);

        var import = await RunAsync(to, "import", _file);

        Assert.True(import.Exit is 1 or 2, import.Output);
        Assert.Contains(reason, import.Error, StringComparison.Ordinal);
        Assert.Contains(_file, import.Error, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(to, ""));
    }

    [Fact]
    public async Task Viewers_may_neither()
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal(403, (await api.GetAsync("/api/export")).Code);
        Assert.Equal(403, (await api.PostAsync("/api/import", ApiSetup.Viewer, "{}")).Code);
        Assert.Equal(400, (await api.GetAsync("/api/export?shard=16", ApiSetup.Operator)).Code);
        Assert.Contains("file is not a SHA-256", (await api.PostAsync("/api/import", json: """{"file":"x","total":1}""")).Problem(400), StringComparison.Ordinal);
    }

    private static bool IsConfig(string line) => line.Contains($"\"key\":\"{KeptConfigPart.KeyPrefix}", StringComparison.Ordinal);

    private static async Task<(int, string)> ExitOfAsync(ApiUnderTest api, params string[] arguments) => await RunAsync(api, arguments) is var run ? (run.Exit, run.Error) : default;

    private static async Task<List<(string Key, string Doc, int? Pid, bool? Worked, string? WorkedData, DateTimeOffset? Due)>> ExportedAsync(ApiUnderTest api) =>
        [.. (await RowsAsync(api, "")).Where(r => ExportedKinds.Prefixes.Any(p => p != KeptConfigPart.KeyPrefix && r.Key.StartsWith(p, StringComparison.Ordinal)))];
}
