using CsCheck;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>Whatever is lost, doubled and mixed up, and whoever dies: what a node has counted is in its hours and in its days, each once.</summary>
public sealed class RollupProperties
{
    private static readonly TimeSpan LongStep = TimeSpan.FromMinutes(23);

    [Fact]
    public Task Each_check_is_in_one_hour_and_in_one_day() => SampleAsync(t => t, 15);

    [Theory]
    [InlineData("rows of hours are not stored")]
    [InlineData("rows of hours are stored twice")]
    [InlineData("what waits is forgotten")]
    [InlineData("the day is forgotten")]
    public Task Catches(string defect) => Assert.ThrowsAsync<CsCheckException>(() => SampleAsync(
        table => defect switch
        {
            "rows of hours are not stored" => new RollupLosingTable(table, 0),
            "rows of hours are stored twice" => new RollupLosingTable(table, 2),
            "what waits is forgotten" => new ForgetfulTable(table, n => n with { Rollups = n.Rollups is { } r ? r with { Hours = [] } : null }),
            _ => new ForgetfulTable(table, n => n with { Rollups = n.Rollups is { } r ? r with { Day = null } : null }),
        },
        500));

    private static Task SampleAsync(Func<ITable, ITable> defect, int samples) =>
        Fleet.ReportProperties.Lives.SampleAsync(async life => await LiveAsync(life.Life, life.Fate, defect), iter: samples, threads: 1);

    private static async Task LiveAsync(LifeStep[] life, int[] fate, Func<ITable, ITable> defect)
    {
        using var past = await PastRig.StartAsync(at: new DateTimeOffset(2026, 1, 15, 20, 0, 0, TimeSpan.Zero));
        var honest = past.Rig.Table;
        var races = 0;
        past.Rig.Table = new Fleet.LosingTable(defect(honest), (key, _) => key.Key.StartsWith(Keys.Nodes, StringComparison.Ordinal) && fate[races++ % fate.Length] % 3 == 0 && fate[races % fate.Length] % 2 == 0);
        var network = new LossyNetwork(past.Rig, past.Agent, fate);
        foreach (var step in life.Append(new LifeStep("healthy", 5)))
        {
            past.Rig.Time.Advance(LongStep);
            past.Agent.Now = past.Now;
            past.Agent.Live(past.Node, step);
            await network.TickAsync();
        }

        await network.SettleAsync();
        past.Rig.Table = honest;
        var tally = (await past.RecordAsync())!.Tally!;
        var (hours, days) = (await past.SumAsync(RollupSpan.Hour), await past.SumAsync(RollupSpan.Day));
        Assert.Equal((tally, tally), (hours, days));
    }
}
