using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Core.Certainty;
using static MoneroCloud.Core.HealthState;

namespace MoneroCloud.Tests;

public sealed class NotesTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public void A_healthy_node_with_little_space_is_degraded_for_certain_and_still_works()
    {
        var diagnosis = (Given.Wallet with { Disk = new DiskSighting(GiB / 2, 100 * GiB) }).Diagnosed();

        diagnosis.MustBe(
            Condition.Healthy, Degraded, Certain, Remedy.Alert,
            "version 1.25 answered in 12.3 ms; the wallet is open at height 3210000; only 512 MiB of 100 GiB are free at the wallet's folder");
        Assert.Equal([Note.DiskLow], diagnosis.Notes);
        Assert.True(diagnosis.Worked);
    }

    [Theory]
    [InlineData(GiB, 10 * GiB, false)]
    [InlineData(GiB - 1, 10 * GiB, true)]
    [InlineData(4 * GiB, 100 * GiB, true)]
    [InlineData(5 * GiB, 100 * GiB, false)]
    public void Space_is_low_under_one_gibibyte_or_five_percent(long free, long total, bool low) =>
        Assert.Equal(low, (Given.Wallet with { Disk = new DiskSighting(free, total) }).Diagnosed().Notes.Contains(Note.DiskLow));

    [Fact]
    public void A_failed_save_is_noted_beside_the_exit_and_as_long_as_it_lasts()
    {
        var exited = (Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.Exited(1), ExitCause.SaveFailed) { NextStart = Given.Now } }).Diagnosed();
        exited.MustBe(
            Condition.Exited, Down, Certain, Remedy.Restart,
            "the process exited (code 1; the wallet could not be saved) and is being started again; its last save failed: what happened since the save before is lost if it ends");
        Assert.Equal([Note.SaveFailed], exited.Notes);

        var running = (Given.Wallet with { SaveFailed = true, Disk = new DiskSighting(0, GiB) }).Diagnosed();
        Assert.Equal([Note.SaveFailed, Note.DiskLow], running.Notes);
        Assert.Equal(Degraded, running.State);
    }

    [Fact]
    public void Diagnoses_that_differ_in_one_thing_are_not_equal()
    {
        var diagnosis = Given.Wallet.Diagnosed();

        Assert.NotEqual(diagnosis with { Condition = Condition.Hung }, diagnosis);
        Assert.NotEqual(diagnosis with { State = Down }, diagnosis);
        Assert.NotEqual(diagnosis with { Certainty = Certain }, diagnosis);
        Assert.NotEqual(diagnosis with { Remedy = Remedy.Alert }, diagnosis);
        Assert.NotEqual(diagnosis with { Explanation = "" }, diagnosis);
        Assert.False(diagnosis.Equals(null));
    }

    [Fact]
    public void Notes_that_a_text_leaves_out_are_none() => Assert.Empty((Given.Wallet.Diagnosed() with { Notes = default }).Notes);

    [Fact]
    public void Diagnoses_with_the_same_notes_are_equal()
    {
        var evidence = Given.Wallet with { SaveFailed = true };

        Assert.Equal(evidence.Diagnosed(), evidence.Diagnosed());
        Assert.Equal(evidence.Diagnosed().GetHashCode(), evidence.Diagnosed().GetHashCode());
        Assert.NotEqual(evidence.Diagnosed() with { Notes = [Note.DiskLow] }, evidence.Diagnosed());
    }
}
