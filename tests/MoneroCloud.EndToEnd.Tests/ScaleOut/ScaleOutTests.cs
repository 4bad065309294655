using System.Globalization;
using MoneroCloud.MortalMonitor;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Four handlers over one table, as when the platform scales out, with everything happening at once and processes killed -9 all along.</summary>
public sealed class ScaleOutTests(ITestOutputHelper output)
{
    /// <summary>How long each long run takes before it is finished; unset: 300.</summary>
    private const string SecondsVariable = "MONEROCLOUD_SCALE_SECONDS";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static TimeSpan Long => TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable(SecondsVariable) ?? "300", CultureInfo.InvariantCulture));

    /// <summary>The short form: some 15 s on an idle machine, more than the fast tests have left.</summary>
    [Fact]
    [Trait("Tier", "soak")]
    public async Task Four_instances_that_are_killed_lose_nothing_and_do_nothing_twice() =>
        await HoldsAsync(new ScaleOutOptions { Duration = TimeSpan.FromSeconds(4), Hosts = 2, Stubs = 6, Hangs = 2 });

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Killed_very_often() => await HoldsAsync(new ScaleOutOptions { Duration = Long, DiesAtSteps = true });

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Killed_very_often_with_a_message_a_shard() =>
        await HoldsAsync(new ScaleOutOptions { Duration = Long, DiesAtSteps = true, Disabled = 300, ProbeEvery = TimeSpan.FromSeconds(2) });

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Killed_very_often_as_it_is_deployed() => await HoldsAsync(new ScaleOutOptions { Duration = Long, Program = "MoneroCloud.Functions" });

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Catches_instances_that_replace_whatever_is_there()
    {
        var faults = await RunAsync(new ScaleOutOptions { Duration = TimeSpan.FromSeconds(20), Kills = false, Defect = MortalVariables.Blind });

        // Without a kill: nothing that was merely not finished looks like this.
        Assert.Contains(faults, f => f.Contains("were told once more", StringComparison.Ordinal));
    }

    private async Task HoldsAsync(ScaleOutOptions options) => Assert.Empty(await RunAsync(options));

    private async Task<IReadOnlyList<string>> RunAsync(ScaleOutOptions options)
    {
        await using var fleet = await ScaledFleet.StartAsync(options, Cancellation);
        var run = new ScaleOutRun(options, fleet, Cancellation);
        try
        {
            await run.LiveAsync();
            await run.FinishAsync();
        }
        catch (TimeoutException e) when (options.Defect is not null)
        {
            output.WriteLine($"with this defect it does not come to an end: {e.Message.Split('\n')[0]}"); // Its faults are looked for all the same.
        }

        var verdict = new ScaleOutVerdict(fleet, run, await ScaleOutState.ReadAsync(fleet.Table, Cancellation));
        var faults = verdict.Faults().ToList();
        output.WriteLine($"{options.Program}, {options.Duration.TotalSeconds:0} s: {verdict}; {faults.Count} faults found");
        foreach (var fault in faults.Take(20))
        {
            output.WriteLine(fault);
        }

        return faults;
    }
}
