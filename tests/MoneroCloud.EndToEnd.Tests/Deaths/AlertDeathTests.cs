using System.Globalization;
using MoneroCloud.MortalMonitor;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// The monitor killed -9 while alerts go out to real receivers that have faults of their own: at random, at every numbered step of its own, in the middle of a
/// mail, after the final dot, before an answer. No alert is lost, and each death costs at most one message that comes twice, under the same key.
/// </summary>
public sealed class AlertDeathTests(ITestOutputHelper output)
{
    /// <summary>How many kills the long run makes over each store; unset: 60.</summary>
    private const string KillsVariable = "MONEROCLOUD_ALERT_KILLS";

    private const double Faulty = 0.12;
    private const int LivesOfARun = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_alerts_go_out_it_loses_none_and_repeats_at_most_one_message_a_death()
    {
        AlertDeath[] deaths =
        [
            new AlertDeath.InMail(SmtpStep.Dot), new AlertDeath.InMail(SmtpStep.Taken), new AlertDeath.InWebhook(), new AlertDeath.At("commit ~o(claim) after 1"),
        ];
        await using var run = await AlertDeathRun.StartAsync(1, tables: null, defect: null, Faulty, Cancellation);
        foreach (var death in deaths)
        {
            await run.DieAsync(death);
        }

        Holds(await run.EndAsync());
    }

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Killed_very_often_over_its_own_file() => Holds(await OftenAsync(tables: false));

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Killed_very_often_over_a_table_service() => Holds(await OftenAsync(tables: true));

    [Theory]
    [Trait("Tier", "soak")]
    [InlineData(MortalVariables.TakesOut)]
    [InlineData(MortalVariables.Forgets)]
    public async Task Catches_a_monitor_that_does_it_otherwise(string defect)
    {
        await using var run = await AlertDeathRun.StartAsync(7, tables: null, defect, faulty: 0, Cancellation);
        for (var i = 0; i < 8; i++)
        {
            await run.DieAsync(
                defect == MortalVariables.Forgets ? new AlertDeath.After(TimeSpan.FromSeconds(3))
                : i % 2 == 0 ? new AlertDeath.InMail(SmtpStep.Body)
                : new AlertDeath.InWebhook());
        }

        var tally = await run.EndAsync();
        output.WriteLine($"{defect}: {tally}");
        Assert.True(defect == MortalVariables.TakesOut ? tally.Lost > 0 : tally.Repeats > tally.Kills, $"{tally}");
    }

    /// <param name="tables">Over a table service, a new one for each run; else over the monitor's own file.</param>
    private async Task<AlertDeathTally> OftenAsync(bool tables)
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable(KillsVariable) ?? "60", CultureInfo.InvariantCulture);
        var sum = new AlertDeathTally(0, 0, 0, 0, 0, 0, 0, 0);
        for (var seed = 100; sum.Kills < kills; seed++)
        {
            var random = new Random(seed);
            await using var azurite = tables ? await RealAzurite.StartAsync() : null;
            await using var run = await AlertDeathRun.StartAsync(seed, azurite?.ConnectionString, defect: null, Faulty, Cancellation);
            var points = await run.PointsAsync();
            for (var life = 0; life < LivesOfARun && sum.Kills + life < kills; life++)
            {
                await run.DieAsync(Death(random, points, life));
            }

            sum += await run.EndAsync();
            output.WriteLine($"{sum}; {points.Count} numbered steps");
        }

        return sum;
    }

    /// <summary>Every second at a numbered step, in turn; the others at random, in a mail, or in a webhook.</summary>
    private static AlertDeath Death(Random random, List<string> points, int life) => (life % 2, random.Next(4)) switch
    {
        (0, _) => new AlertDeath.At(points[(random.Next(3) + life) % points.Count]),
        (_, 0) => new AlertDeath.InWebhook(),
        (_, 1) => new AlertDeath.InMail((SmtpStep)random.Next((int)SmtpStep.Answered + 1)),
        _ => new AlertDeath.After(TimeSpan.FromMilliseconds(random.Next(400, 2_500))),
    };

    private void Holds(AlertDeathTally tally)
    {
        output.WriteLine($"{tally}");
        Assert.Equal(0, tally.Lost);
        Assert.Equal(0, tally.Renamed);
        Assert.True(tally.Repeats <= tally.Kills + tally.Unanswered, $"{tally}");
    }
}
