using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class LossJudgeTests
{
    private static readonly DateTimeOffset Opened = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Saved = Opened.AddMinutes(5);

    private static readonly WalletLife Open = new() { Open = true, OpenedAt = Opened, Height = 121 };
    private static readonly WalletLife Stored = Open with { SavedAt = Saved };
    private static readonly WalletLife Closed = new() { Open = false };
    private static readonly ProcessExit Clean = new ProcessExit.Exited(0);
    private static readonly ProcessExit Killed = new ProcessExit.Killed(9);
    private static readonly ProcessExit Unknown = new ProcessExit.Unknown();
    private static readonly ProcessExit Bad = new ProcessExit.Exited(1);

    /// <summary>The wallet's life, its end, the cause; and what is told of it.</summary>
    public static TheoryData<string, object, object, ExitCause, string> Rows() => new()
    {
        { "saved, then code 0", Stored, Clean, ExitCause.Unknown, "nothing: the wallet was saved at 2026-01-15 10:05:00 UTC, and it exited with code 0" },
        { "code 0 saves by itself", Open, Clean, ExitCause.Unknown, "nothing: it exited with code 0, which saves" },
        { "code 0, whatever was open", WalletLife.Unknown, Clean, ExitCause.Unknown, "nothing: it exited with code 0, which saves a wallet that is open" },
        { "a save that failed before is made good by code 0", Open with { SaveRefused = "error -1, failed to save file" }, Clean, ExitCause.Unknown, "nothing: it exited" },
        { "killed, nothing saved", Open, Killed, ExitCause.Unknown, "what happened since the wallet was opened at 2026-01-15 10:00:00 UTC may have to be scanned again" },
        { "killed after a save", Stored, Killed, ExitCause.Unknown, "what happened since the save at 2026-01-15 10:05:00 UTC may have to be scanned again" },
        { "killed, opened by somebody", new WalletLife { Open = true }, Killed, ExitCause.Unknown, "what happened since its last save, whose time is not known" },
        { "killed without a wallet", Closed, Killed, ExitCause.Unknown, "nothing: no wallet was open" },
        { "killed, nothing known", WalletLife.Unknown, Killed, ExitCause.Unknown, "not known: whether a wallet was open" },
        { "crashed", Open, new ProcessExit.Killed(11), ExitCause.Unknown, "since the wallet was opened at" },
        { "the disk was full", Open with { SaveRefused = "error -1, failed to save file" }, Bad, ExitCause.SaveFailed, "the wallet could not be saved: it answered error -1, failed to save file; it exited (code 1; the wallet could not be saved); it was opened at" },
        { "the disk was full, seen at the end only", Stored, Bad, ExitCause.SaveFailed, "the wallet could not be saved: it exited (code 1; the wallet could not be saved); it was last saved at 2026-01-15 10:05:00 UTC" },
        { "could not save and was killed", Open with { SaveRefused = "error -1, failed to save file" }, Killed, ExitCause.Unknown, "the wallet could not be saved: it answered error -1" },
        { "another end with a code", Open, Bad, ExitCause.PortTaken, "since the wallet was opened at" },
        { "adopted: it said that it saved and ends", Stored with { Ending = true }, Unknown, ExitCause.Unknown, "nothing: the wallet said at 2026-01-15 10:05:00 UTC that it had saved and ends" },
        { "adopted: saved, then nobody knows", Stored, Unknown, ExitCause.Unknown, "what happened since the save at" },
        { "adopted: nobody knows", Open, Unknown, ExitCause.Unknown, "not known: how it ended" },
        { "adopted without a wallet", Closed, Unknown, ExitCause.Unknown, "nothing: no wallet was open" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_an_end_costs_is_told_by_what_is_known(string row, object life, object exit, ExitCause cause, string text)
    {
        var losses = LossJudge.Of(NodeKind.WalletRpc, (ProcessExit)exit, cause, (WalletLife)life);

        Assert.True(ProofText.Of(losses).StartsWith(text, StringComparison.Ordinal) || ProofText.Of(losses).Contains(text, StringComparison.Ordinal), $"{row}: {ProofText.Of(losses)}");
    }

    [Fact]
    public void Nothing_but_a_proof_is_called_no_loss()
    {
        var lives =
            from open in new bool?[] { true, null }
            from saved in new DateTimeOffset?[] { null, Saved }
            from refused in new[] { null, "error -1, x" }
            select new WalletLife { Open = open, SavedAt = saved, SaveRefused = refused };
        var n = 0;
        foreach (var (life, exit, cause) in from l in lives from e in new[] { Killed, Unknown, Bad, new ProcessExit.Killed(15) } from c in Enum.GetValues<ExitCause>() select (l, e, c))
        {
            n++;
            Assert.IsNotType<Losses.None>(LossJudge.Of(NodeKind.WalletRpc, exit, cause, life));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{n} ends without a proof, 0 called no loss");
        Assert.IsType<Losses.None>(LossJudge.Of(NodeKind.WalletRpc, Clean, ExitCause.Unknown, Open)); // The control.
    }

    [Fact]
    public void Of_monerod_only_an_orderly_end_is_certain()
    {
        Assert.IsType<Losses.None>(LossJudge.Of(NodeKind.Daemon, Clean, ExitCause.Unknown, WalletLife.Unknown));
        Assert.All([Killed, Unknown, Bad], e => Assert.IsType<Losses.NotKnown>(LossJudge.Of(NodeKind.Daemon, e, ExitCause.Unknown, WalletLife.Unknown)));
    }

    [Fact]
    public void A_height_that_fell_tells_how_many_blocks_and_belies_a_word_that_nothing_was_lost()
    {
        Assert.Equal(60, Assert.IsType<Losses.MayBeRescanned>(LossJudge.With(new Losses.MayBeRescanned { OpenedAt = Opened }, 121, 61)).Blocks);
        Assert.Equal(60, Assert.IsType<Losses.MayBeRescanned>(LossJudge.With(new Losses.None("x"), 121, 61)).Blocks);
        Assert.IsType<Losses.None>(LossJudge.With(new Losses.None("x"), 121, 121));
        Assert.IsType<Losses.None>(LossJudge.With(new Losses.None("x"), null, 61));
        Assert.IsType<Losses.SaveFailed>(LossJudge.With(new Losses.SaveFailed("x"), 121, 61));
        Assert.Null(LossJudge.With(null, 121, 121));
    }
}
