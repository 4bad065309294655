using System.Collections.Immutable;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// No wallet that works or waits is ever restarted: recorded traces varied by seed, played to the agent's own decisions. What the usual rule would
/// have done with the same stories stands beside it. docs/monitoring.md tells how it was measured.
/// </summary>
public sealed class FalseRestartTests
{
    // Bounded for the fast tier; the soak tier plays the rest.
    private const int Runs = 250;
    private const int ManyRuns = 3000;

    [Fact]
    public void No_sync_of_the_version_that_was_recorded_is_restarted() => Play(VersionClass.Unchunked, Runs);

    [Theory]
    [InlineData(VersionClass.ChunkedStarving)]
    [InlineData(VersionClass.ChunkedWithWindows)]
    public void No_sync_of_a_version_as_its_source_is_read_is_restarted(VersionClass version) => Play(version, Runs);

    [Fact]
    public void No_wallet_is_restarted_for_its_daemon() => Play(null, Runs);

    [Theory]
    [Trait("Tier", "soak")]
    [InlineData(VersionClass.Unchunked)]
    [InlineData(VersionClass.ChunkedStarving)]
    [InlineData(VersionClass.ChunkedWithWindows)]
    [InlineData(null)]
    public void No_restart_in_thousands_of_stories(VersionClass? version) => Play(version, ManyRuns);

    [Theory]
    [InlineData("the table does not know waiting for a daemon")]
    [InlineData("the table does not know work")]
    [InlineData("the hang budget is the usual 5 s, and nothing excuses")]
    [InlineData("an answer that stopped in its middle is taken for none at all")]
    public void A_planted_defect_restarts_healthy_wallets(string defect)
    {
        var agent = defect switch
        {
            "the table does not know waiting for a daemon" => new PlayedAgent { Table = Without(Condition.WaitingForDaemon, hungAnyway: true) },
            "the table does not know work" => new PlayedAgent { Table = WorkIsNoExcuse() },
            "the hang budget is the usual 5 s, and nothing excuses" => new PlayedAgent { Table = WorkIsNoExcuse(TimeSpan.FromSeconds(5)) },
            _ => new PlayedAgent { Policy = DiagnosisPolicy.Default with { DaemonWaitBudget = TimeSpan.Zero } },
        };
        var restarts = Enumerable.Range(1, 60).Count(seed => agent.Play(Stories.Sync(VersionClass.Unchunked, seed), seed).RestartAt is not null)
            + Enumerable.Range(1, 60).Count(seed => agent.Play(Stories.DaemonHang(seed), seed).RestartAt is not null);
        TestContext.Current.TestOutputHelper?.WriteLine($"{defect}: {restarts} of 120 restarted");
        Assert.InRange(restarts, 1, 120);
    }

    private static void Play(VersionClass? version, int runs)
    {
        var restarts = new List<string>();
        var (atOnce, inARow, looks, hours) = (0, 0, 0L, 0.0);
        for (var seed = 1; seed <= runs; seed++)
        {
            var story = version is { } syncing ? Stories.Sync(syncing, seed) : Stories.DaemonHang(seed);
            var run = new PlayedAgent().Play(story, seed);
            if (run.RestartAt is { } at)
            {
                restarts.Add($"seed {seed} at {at / 1000.0:0.0} s of {story.Length / 1000.0:0} s: {run.Because}");
            }

            atOnce += UsualRule.AtOnce.Kills(story) ? 1 : 0;
            inARow += UsualRule.ThreeInARow.Kills(story) ? 1 : 0;
            (looks, hours) = (looks + run.Looks, hours + (story.Length / 3_600_000.0));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{version?.ToString() ?? "Daemon hangs"}: {restarts.Count} false restarts in n = {runs} ({looks} looks, {hours:0} h); "
            + $"no answer in 5 s kills {atOnce}, three times in a row {inARow}");
        Assert.True(restarts.Count == 0, $"{restarts.Count} of {runs}:\n{string.Join('\n', restarts.Take(10))}");
    }

    private static ImmutableArray<DiagnosisRow> Without(Condition condition, bool hungAnyway) =>
        [.. Diagnoser.Rows.Where(r => r.Condition != condition).Select(r => hungAnyway && r.Condition == Condition.Hung ? r with { Match = Quiet(null) } : r)];

    private static ImmutableArray<DiagnosisRow> WorkIsNoExcuse(TimeSpan? budget = null) =>
    [
        .. Diagnoser.Rows.Where(r => r.Condition is not (Condition.Busy or Condition.BusyTooLong or Condition.Silent or Condition.WaitingForDaemon))
            .Select(r => r.Condition == Condition.Hung ? r with { Match = Unanswered(budget) } : r),
    ];

    private static Func<Case, Finding?> Quiet(TimeSpan? budget) => subject =>
        subject is { Unanswered: true, Works: false } && subject.QuietFor >= (budget ?? subject.Policy.HangBudget) ? new(Remedy.Restart, "quiet") : null;

    private static Func<Case, Finding?> Unanswered(TimeSpan? budget) => subject =>
        subject.Unanswered && subject.UnansweredFor >= (budget ?? subject.Policy.HangBudget) ? new(Remedy.Restart, "no answer") : null;
}
