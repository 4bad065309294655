using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A start with a bad monitor.json goes on with the one before, and says so; the good one is kept for that.</summary>
public sealed class KeptConfigTests : IDisposable
{
    private const string Good = """{ "probe": { "concurrency": 7 }, "nodes": { "remote.cold": { "kind": "walletRpc", "probeUrl": "http://10.0.0.7:18082" } } }""";
    private const string Bad = """{ "probe": { "concurrency": 0 } }""";

    private readonly MonitorFolder _folder = new();
    private readonly MonitorRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_refused_configuration_is_replaced_by_the_last_good_one_with_one_alert_and_one_more_when_it_is_good_again()
    {
        var first = await StartAsync(Good);
        Assert.True(first.Refused.IsEmpty);
        Assert.Empty(_rig.Told);

        for (var starts = 0; starts < 3; starts++)
        {
            _rig.Time.Advance(TimeSpan.FromMinutes(1));
            var used = await StartAsync(Bad);
            Assert.Equal((7, "remote.cold"), (used.Config.Probe.Concurrency, Assert.Single(used.Config.Nodes).Id.ToString()));
            Assert.Equal(7, used.Policy.ProbeConcurrency);
            Assert.EndsWith("monitor.json:1: probe.concurrency: 0 is out of range, 1 to 256", Assert.Single(used.Refused), StringComparison.Ordinal);
            Assert.Equal(Given.Now, used.KeptAt);
        }

        var alert = Assert.Single(_rig.Notifier.Sent).Alert;
        Assert.Equal((AlertKind.ConfigurationRefused, AlertSeverity.Warning, NodeId.Monitor), (alert.Kind, alert.Severity, alert.Subject));
        Assert.Contains("probe.concurrency: 0 is out of range, 1 to 256", alert.Text, StringComparison.Ordinal);

        // Another mistake is told, too; then the good one ends it.
        await StartAsync("""{ "probe": { "concurrency": 257 } }""");
        await StartAsync(Good);
        await StartAsync(Good);
        Assert.Equal(["monitor ConfigurationRefused", "monitor ConfigurationRefused", "monitor Recovered"], _rig.Told);
        Assert.Equal(3, _rig.Notifier.Sent.Select(s => s.Alert.Id).Distinct().Count());
    }

    [Fact]
    public async Task Overrides_that_were_good_are_kept_with_it_and_a_bad_one_is_what_it_falls_back_from()
    {
        _folder.Set("Probe__Concurrency", "9");
        await StartAsync(Good);
        _folder.Set("Probe__Concurrency", "none");
        var used = await StartAsync(Good);
        Assert.Equal(9, used.Config.Probe.Concurrency);
        Assert.Contains("environment variable Probe__Concurrency", Assert.Single(used.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_earlier_one_it_is_refused_and_nothing_is_stored()
    {
        var (used, errors) = await ChooseAsync(Bad, () => _rig.Table);
        Assert.Null(used);
        Assert.Single(errors);
        (used, errors) = await ChooseAsync(Bad, () => null);
        Assert.Null(used);
        Assert.Single(errors);
        Assert.Empty(await _rig.RowsAsync(""));
    }

    [Fact]
    public async Task A_store_that_is_away_is_named_beside_what_is_wrong()
    {
        var (used, errors) = await ChooseAsync(Bad, () => new TableOutages(_rig.Table, () => true));
        Assert.Null(used);
        Assert.Equal(2, errors.Length);
        Assert.Equal("nor could the last good one be read: the store is away", errors[1]);
    }

    [Fact]
    public async Task An_earlier_one_that_cannot_be_used_any_more_is_refused_with_both_reasons()
    {
        _folder.WriteCertificate("ca.pem");
        await StartAsync("""{ "nodes": { "remote.cold": { "kind": "walletRpc", "probeUrl": "https://10.0.0.7:18082", "tls": { "caFile": "ca.pem" } } } }""");
        File.Delete(_folder.At("ca.pem"));
        var (used, errors) = await ChooseAsync(Bad, () => _rig.Table);
        Assert.Null(used);
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("nor can the one of ", errors[1], StringComparison.Ordinal);
        Assert.Contains("ca.pem", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_program_itself_lacks_is_no_reason_to_fall_back()
    {
        await StartAsync(Good);
        var choice = new ConfigChoice(Source(Bad), _folder.Variables, _ => new StartUp.Refused("host.json: no such file"), _rig.Time);
        var (used, errors) = await choice.MakeAsync(() => _rig.Table, Cancellation);
        Assert.Null(used);
        Assert.Contains("nor can the one of 2025-01-15", errors[^1], StringComparison.Ordinal);

        choice = new ConfigChoice(Source(Good), _folder.Variables, _ => new StartUp.Refused("host.json: no such file"), _rig.Time);
        (used, errors) = await choice.MakeAsync(() => throw new InvalidOperationException("nothing is to be opened"), Cancellation);
        Assert.Equal((null, "host.json: no such file"), (used, Assert.Single(errors)));
    }

    [Fact]
    public async Task It_is_kept_also_when_the_store_comes_only_later()
    {
        var away = true;
        var (used, _) = await ChooseAsync(Good, () => null);
        var monitor = _rig.NewMonitor() with { Table = new TableOutages(_rig.Table, () => away) };
        var standing = new ConfigStanding(monitor, new Dispatcher(monitor), used!);
        Assert.False(await standing.TryAsync(Cancellation));
        Assert.Null(await KeptConfig.ReadAsync(_rig.Table, Cancellation));
        away = false;
        Assert.True(await standing.TryAsync(Cancellation));
        Assert.NotNull(await KeptConfig.ReadAsync(_rig.Table, Cancellation));
    }

    [Fact]
    public async Task A_thousand_pinned_nodes_are_kept_whole_in_one_commit_of_either_table()
    {
        var nodes = Enumerable.Range(0, 1_000).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$""" "remote.n{{i}}": { "kind": "walletRpc", "probeUrl": "https://10.0.0.7:{{10_000 + i}}", "tls": { "fingerprint": "{{Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(i)))}}" } } """));
        var text = _folder.Accepted(_folder.Read(MonitorFolder.Nodes([.. nodes]))).Source;
        await using var sqlite = new SqliteTable(Path.Combine(TestRun.NewFolder("kept"), "state.db"), new TableOptions(), TimeProvider.System);
        await sqlite.PrepareAsync(Cancellation);
        foreach (var table in new[] { _rig.Table, sqlite })
        {
            Assert.True(await KeptConfig.KeepAsync(table, text, Given.Now, Cancellation));
            var kept = await KeptConfig.ReadAsync(table, Cancellation);
            Assert.Equal(text.Json, kept!.Text.Json);
            Assert.Equal(1_000, _folder.Accepted(_folder.Source().Again(kept.Text)).Config.Nodes.Length);

            // A smaller one leaves nothing of it.
            Assert.True(await KeptConfig.KeepAsync(table, new MonitorConfigText(Good, ImmutableSortedDictionary<string, string>.Empty), Given.Now, Cancellation));
            Assert.Equal(Good, (await KeptConfig.ReadAsync(table, Cancellation))!.Text.Json);
        }

        Assert.Single(await _rig.RowsAsync(KeptConfigPart.KeyPrefix));
    }

    [Fact]
    public async Task One_that_is_too_large_leaves_the_one_before()
    {
        await StartAsync(Good);
        var noise = Convert.ToHexString(RandomNumberGenerator.GetBytes(500_000));
        Assert.False(await KeptConfig.KeepAsync(_rig.Table, new MonitorConfigText(noise, ImmutableSortedDictionary<string, string>.Empty), Given.Now, Cancellation));
        Assert.Equal(Good, (await KeptConfig.ReadAsync(_rig.Table, Cancellation))!.Text.Json);
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    [InlineData("")]
    public async Task Damage_is_no_configuration(string text)
    {
        await StartAsync(Good);
        var row = Assert.Single(await _rig.RowsAsync(KeptConfigPart.KeyPrefix));
        var part = Documents.Read(row, KeptConfigJson.Default.KeptConfigPart).Value with { Text = text };
        await _rig.Table.CommitAsync([Documents.Write(row.Key, new Stored<KeptConfigPart>(part, row.Version), KeptConfigJson.Default.KeptConfigPart)], Cancellation);
        Assert.Null(await KeptConfig.ReadAsync(_rig.Table, Cancellation));
        var (used, errors) = await ChooseAsync(Bad, () => _rig.Table);
        Assert.Equal((null, 1), (used, errors.Length));
    }

    [Theory]
    [InlineData("""{ "data": "elsewhere", "probe": { "concurrency": 0 } }""", "elsewhere")]
    [InlineData("{\n  // \"data\": \"older\",\n  \"data\": \"elsewhere\",\n  \"probe\": {", "elsewhere")]
    [InlineData("{ \"data\": \"elsewhere\", ", "elsewhere")]
    [InlineData("{\"nodes\":{},\"data\":\"elsewhere\"", "elsewhere")]
    [InlineData("""{ "probe": """, "monitor-data")]
    [InlineData("""{ "data": 7 }""", "monitor-data")]
    [InlineData("", "monitor-data")]
    public void The_data_folder_is_found_also_in_what_is_refused(string json, string folder)
    {
        File.WriteAllText(_folder.File, json);
        Assert.Equal(_folder.At(folder), _folder.Source().LikelyDataFolder());
        _folder.Set("Data", "by-variable");
        Assert.Equal(_folder.At("by-variable"), _folder.Source().LikelyDataFolder());
    }

    private MonitorConfigSource Source(string json)
    {
        File.WriteAllText(_folder.File, json, new UTF8Encoding(false));
        return _folder.Source();
    }

    private Task<(UsedConfig? Used, ImmutableArray<string> Errors)> ChooseAsync(string json, Func<ITable?> kept) =>
        new ConfigChoice(Source(json), _folder.Variables, _ => Ready(), _rig.Time).MakeAsync(kept, Cancellation);

    /// <summary>What a start does, and what people are told by the end of it.</summary>
    private async Task<UsedConfig> StartAsync(string json)
    {
        var (used, errors) = await ChooseAsync(json, () => _rig.Table);
        Assert.True(used is not null, string.Join('\n', errors));
        var monitor = _rig.NewMonitor();
        Assert.True(await _rig.Time.RunAsync(new ConfigStanding(monitor, new Dispatcher(monitor), used).TryAsync(Cancellation)));
        await _rig.DeliverAsync();
        return used;
    }

    private static StartUp.Ready Ready() => new(new HostMode.Standalone { Listen = new(System.Net.IPAddress.Loopback, 7071) }, TestFunctions.Host, TestFunctions.Shipped);
}
