using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SilencePaceTests
{
    private static readonly DateTimeOffset Since = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly SilencePace Quiet = new SilencePace.Quiet();

    [Theory]
    [InlineData(false, true, "None")]
    [InlineData(false, false, "None")]
    [InlineData(true, false, "TellSilent")]
    public void What_was_not_told_is_told_when_it_is_silent(bool silent, bool heard, string expected) => Assert.Equal(expected, $"{Quiet.Next(silent, heard, Hour)}");

    [Theory]
    [InlineData(true, false, 59, "None")]
    [InlineData(true, false, 60, "TellSilent")]
    [InlineData(false, true, 1, "End")]
    [InlineData(false, false, 90, "None")] // Just begun anew: nothing was heard, and not for long.
    public void What_was_told_is_told_again_or_is_over(bool silent, bool heard, int minutes, string expected) =>
        Assert.Equal(expected, $"{Quiet.AfterSilent(Since, true, Hour, TimeSpan.Zero).Next(silent, heard, minutes * Minute)}");

    [Fact]
    public void What_did_not_arrive_is_told_a_minute_later_and_its_end_is_owed_only_when_it_ever_did()
    {
        var failed = Quiet.AfterSilent(Since, false, Hour, TimeSpan.Zero);
        Assert.Equal((SilenceStep.None, SilenceStep.TellSilent), (failed.Next(true, false, Minute / 2), failed.Next(true, false, Minute)));
        Assert.IsType<SilencePace.Quiet>(failed.AfterEnd(Minute));

        var arrived = failed.AfterSilent(Since.AddHours(1), true, Hour, Minute);
        Assert.Equal((Since, Minute + Hour, true), (arrived.Since, arrived.NextAt, arrived.Arrived));
        Assert.True(arrived.AfterSilent(Since, false, Hour, Hour).Arrived);
        Assert.Equal(SilenceStep.TellHeard, arrived.AfterEnd(Hour).Next(false, true, Hour));
    }

    [Fact]
    public void Without_a_webhook_the_log_is_told_hourly_and_nobody_is_owed_the_end()
    {
        var told = Quiet.AfterSilent(Since, null, Hour, TimeSpan.Zero);

        Assert.Equal(Hour, told.NextAt);
        Assert.IsType<SilencePace.Quiet>(told.AfterEnd(Minute));
    }

    [Fact]
    public void An_end_that_nobody_takes_is_given_up_after_an_hour_and_a_new_silence_takes_its_place()
    {
        var ending = Quiet.AfterSilent(Since, true, Hour, TimeSpan.Zero).AfterEnd(TimeSpan.Zero);
        Assert.Equal(SilenceStep.TellSilent, ending.Next(true, false, Hour));

        var tries = 0;
        for (var now = TimeSpan.Zero; ending is SilencePace.Ending; now += Minute)
        {
            Assert.Equal(SilenceStep.TellHeard, ending.Next(false, true, now));
            ending = ending.AfterHeard(arrived: false, now);
            tries++;
        }

        Assert.Equal(60, tries);
    }

    [Theory]
    [InlineData(10, 50)]
    [InlineData(90, 0)]
    [InlineData(-1_000_000, 60)] // The wall was set back.
    public void What_an_earlier_life_told_is_told_again_an_hour_after_it(int minutesAgo, int minutesLeft) =>
        Assert.Equal(minutesLeft * Minute, SilencePace.Remembered(Since, minutesAgo * Minute, Hour, TimeSpan.Zero).NextAt);
}
