using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Xunit;
using static MoneroCloud.Tests.Export.ExportRig;

namespace MoneroCloud.Tests.Export;

/// <summary><c>config extract</c>: from an exported file to the monitor.json of another host.</summary>
public sealed class ConfigExtractTests
{
    /// <summary>More than one row holds; no two lines compress into each other.</summary>
    private static readonly string Config = $$"""
        // As the operator wrote it: ü.
        { "listen": "127.0.0.1:7180", "nodes": { {{string.Join(",\n", Enumerable.Range(0, 1_500).Select(i => $"\"host.n{i}\": {{ \"probeUrl\": \"https://n{i}.example/json_rpc\", \"tlsFingerprint\": \"{Noise(i)}\" }}"))}} } }
        """;

    private readonly string _folder = TestRun.NewFolder("extract");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string State => Path.Combine(_folder, "state.gz");

    private string Output => Path.Combine(_folder, "monitor.json");

    [Fact]
    public async Task The_configuration_comes_out_as_it_was_and_never_over_a_file_that_is_there()
    {
        await ExportAsync(new MonitorConfigText(Config, ImmutableSortedDictionary<string, string>.Empty.Add("probe__concurrency", "7\u001b[2J")));

        var run = await ExtractAsync();

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(Config, await File.ReadAllTextAsync(Output, Cancellation));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Output));
        Assert.Contains("These variables overrode it:", run.Output, StringComparison.Ordinal);
        Assert.Contains("  probe__concurrency=7?[2J", run.Output, StringComparison.Ordinal);
        Assert.Contains($"'monerocloud config check --monitor {Output}' looks at it", run.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Output, "mine", Cancellation);
        var again = await ExtractAsync();
        Assert.Equal(2, again.Exit);
        Assert.Contains($"{Output} is there already: --force replaces it", again.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Output, Cancellation));
        Assert.Equal(0, (await ExtractAsync("--force")).Exit);
        Assert.Equal(Config, await File.ReadAllTextAsync(Output, Cancellation));
    }

    [Fact]
    public async Task Where_there_is_none_or_not_the_whole_of_one_that_is_said_and_nothing_written()
    {
        await ExportAsync(new MonitorConfigText(null, ImmutableSortedDictionary<string, string>.Empty));
        var none = await ExtractAsync();
        Assert.Equal(1, none.Exit);
        Assert.Contains("It ran without a monitor.json", none.Output, StringComparison.Ordinal);

        await ExportAsync(new MonitorConfigText(Config, ImmutableSortedDictionary<string, string>.Empty));
        var lines = StateFileDamage.Lines(State)[..^1];
        var parts = lines.Count(l => l.Contains(KeptConfigPart.KeyPrefix, StringComparison.Ordinal));
        Assert.InRange(parts, 2, 10);
        StateFileDamage.Resigned(State, [.. lines.Where(l => !l.Contains($"{KeptConfigPart.KeyPrefix}01", StringComparison.Ordinal))]);
        var half = await ExtractAsync();
        Assert.Equal(1, half.Exit);
        Assert.Contains($"there is no configuration in {State}, or not the whole of one", half.Error, StringComparison.Ordinal);

        StateFileDamage.Do(State, "cut off");
        Assert.Equal(2, (await ExtractAsync()).Exit);
        Assert.False(File.Exists(Output));
    }

    private static string Noise(int i) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)));

    private Task<CommandRun> ExtractAsync(params string[] more) => CommandRun.OfAsync(["config", "extract", State, "--output", Output, .. more], []);

    private async Task ExportAsync(MonitorConfigText text)
    {
        await using var from = await FleetAsync();
        Assert.True(await KeptConfig.KeepAsync(from.Table, text, ApiSetup.Noon, Cancellation));
        Assert.Equal(0, (await RunAsync(from, "export", "--force", "--output", State)).Exit);
    }
}
