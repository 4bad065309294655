using Xunit;

namespace MoneroCloud.Tests;

/// <summary>How long a wallet hangs before the agent decides to restart it, in virtual time: its budget and at most 10 s more.</summary>
public sealed class TrueHangTests
{
    private const int Runs = 300;

    // Of the certain ones nothing but the RPC's deadline and one more look is waited for.
    [Theory]
    [InlineData(HangKind.Stopped, false, 10)]
    [InlineData(HangKind.Stopped, true, 10)]
    [InlineData(HangKind.OutputBlocked, false, 15)]
    [InlineData(HangKind.OutputBlocked, true, 15)]
    [InlineData(HangKind.Deadlocked, false, 60)]
    [InlineData(HangKind.Deadlocked, true, 60)]
    [InlineData(HangKind.NeverAccepts, false, 60)]
    [InlineData(HangKind.NeverAccepts, true, 60)]
    public void A_true_hang_is_restarted_within_its_budget_and_10_s(HangKind kind, bool syncing, int budget)
    {
        var (times, early) = (new List<double>(), 0);
        for (var seed = 1; seed <= Runs; seed++)
        {
            var story = Stories.TrueHang(kind, syncing, seed) with { LostLooks = 0 };
            var run = new PlayedAgent().Play(story, seed);
            Assert.True(run.RestartAt is not null, $"seed {seed}: never restarted");
            early += run.RestartAt < story.HangsAt ? 1 : 0;
            times.Add((run.RestartAt!.Value - story.HangsAt!.Value) / 1000.0);
        }

        times.Sort();
        var (p50, p99) = (times[Runs / 2], times[(int)Math.Ceiling(Runs * 0.99) - 1]);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kind}, {(syncing ? "in a sync" : "idle")}: p50 {p50:0.0} s, p99 {p99:0.0} s, max {times[^1]:0.0} s, n = {Runs}, budget {budget} s");
        Assert.Equal(0, early);
        Assert.InRange(p99, 0, budget + 10);
    }
}
