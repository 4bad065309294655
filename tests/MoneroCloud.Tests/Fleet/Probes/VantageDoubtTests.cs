using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The one row of the monitor's doubt, written by the ticks of all shards.</summary>
public sealed class VantageDoubtTests
{
    private static readonly VantageSighting Doubtful = new(null, 3, 4, 2);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>One that sees nothing at all comes before or after the one that is in doubt: neither ends what the other is sure of.</summary>
    [Theory]
    [InlineData(0, 9)]
    [InlineData(9, 0)]
    public async Task A_shard_that_is_sure_does_not_end_the_doubt_of_another(int first, int second)
    {
        using var rig = new MonitorRig();
        for (var minute = 0; minute < 5; minute++)
        {
            await NoteAsync(rig, first == 9 ? Doubtful : VantageSighting.Sound, first);
            await NoteAsync(rig, second == 9 ? Doubtful : VantageSighting.Sound, second);
            await rig.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["monitor MonitorInDoubt"], rig.Told);
        await NoteAsync(rig, VantageSighting.Sound, 9);
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["monitor MonitorInDoubt", "monitor Recovered"], rig.Told);
    }

    [Fact]
    public async Task All_shards_at_once_are_one_doubt_and_one_end()
    {
        using var rig = new MonitorRig();
        for (var minute = 0; minute < 3; minute++)
        {
            await Task.WhenAll(Shard.All.Select(s => NoteAsync(rig, Doubtful, s.Number)));
            await rig.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["monitor MonitorInDoubt"], rig.Told);
        await Task.WhenAll(Shard.All.Select(s => NoteAsync(rig, VantageSighting.Sound, s.Number)));
        await rig.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["monitor MonitorInDoubt", "monitor Recovered"], rig.Told);
        Assert.Equal(2, (await rig.HistoryAsync(NodeId.Monitor)).Count);
    }

    [Fact]
    public async Task A_doubt_of_one_tick_is_not_told_and_stands_in_the_history()
    {
        using var rig = new MonitorRig();
        await NoteAsync(rig, Doubtful, 3);
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        await NoteAsync(rig, VantageSighting.Sound, 3);
        await rig.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(rig.Told);
        var history = await rig.HistoryAsync(NodeId.Monitor);
        Assert.Equal([(HealthState.Up, HealthState.Unknown), (HealthState.Unknown, HealthState.Up)], history.Select(e => (e.Transition!.From, e.Transition.To)));
        Assert.Equal("3 of 4 nodes of 2 agents failed in the same tick", history[0].Transition!.Explanation);
    }

    [Fact]
    public async Task A_shard_that_has_no_ticks_any_more_does_not_keep_the_doubt()
    {
        using var rig = new MonitorRig();
        await NoteAsync(rig, Doubtful, 3);
        rig.Time.Advance(TimeSpan.FromMinutes(2));
        await NoteAsync(rig, VantageSighting.Sound, 4);
        Assert.Single(await rig.RowsAsync("v|doubt"));

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await NoteAsync(rig, VantageSighting.Sound, 4);
        Assert.Empty(await rig.RowsAsync("v|doubt"));
    }

    private static Task NoteAsync(MonitorRig rig, VantageSighting vantage, int shard)
    {
        var monitor = rig.NewMonitor();
        return new VantageDoubts(monitor, new Dispatcher(monitor)).NoteAsync(vantage, [new Shard(shard)], Now);
    }
}
