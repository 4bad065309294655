using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class JournalTests
{
    private static readonly NodeName Main = NodeName.Parse("main");
    private static readonly NodeName Other = NodeName.Parse("other");
    private static readonly ProcessIdentity Identity = new("boot", 42, 4711, "host.main:i:r");

    private readonly FakeTimeProvider _time = new();
    private readonly string _folder = TestRun.NewFolder("journal");

    private string File => Path.Combine(_folder, Names.JournalFile);

    [Fact]
    public void What_was_written_is_there_in_the_next_life()
    {
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Intent(Main, "m1"), durable: false);
            journal.Append(Main, new JournalRecord.Spawned(Main, Identity), durable: false);
            journal.Append(Main, new JournalRecord.Stopped(Main, "alice", _time.GetUtcNow()), durable: true);
            journal.Append(Other, new JournalRecord.Available(Other, false), durable: true);
            journal.Append(Other, new JournalRecord.Breaker(Other, 2, _time.GetUtcNow().AddMinutes(20)), durable: false);
        }

        using var next = Open();
        Assert.Equal(Identity, next.Of(Main).Identity);
        Assert.Equal(new DesiredState.Stopped("alice", _time.GetUtcNow()), next.Of(Main).Desired);
        Assert.Equal(false, next.Of(Other).Available);
        Assert.Equal((2, _time.GetUtcNow().AddMinutes(20)), (next.Of(Other).Openings, next.Of(Other).BrokenUntil));
        Assert.Equal((1, 0), (next.Epoch, next.DamagedLines));
    }

    [Fact]
    public void A_ladder_that_was_under_way_is_there_in_the_next_life_and_one_that_is_over_is_not()
    {
        var proof = Messages.WireSamples.Proof;
        var view = new LadderView(3, "order", proof) { Current = proof.Steps[3], Wallet = new WalletLife { Open = true, Height = 121, SavedAt = _time.GetUtcNow() } };
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Climbing(Main, view), durable: false);
            journal.Append(Other, new JournalRecord.Climbing(Other, view), durable: false);
            journal.Append(Other, new JournalRecord.Climbing(Other, null), durable: false);
        }

        // Twice: compacted at each start.
        Open().Dispose();
        using var next = Open();
        var kept = next.Of(Main).Ladder!;
        Assert.Equal((3, "order", view.Current, view.Wallet), (kept.Number, kept.Order, kept.Current, kept.Wallet));
        Assert.Equal(proof.Steps, kept.Proof.Steps);
        Assert.Equal((proof.Losses, proof.Reason, proof.Before), (kept.Proof.Losses, kept.Proof.Reason, kept.Proof.Before));
        Assert.Null(next.Of(Other).Ladder);
    }

    [Fact]
    public void An_intent_without_a_spawn_is_remembered_as_such()
    {
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Spawned(Main, Identity), durable: false);
            journal.Append(Main, new JournalRecord.Ended(Main), durable: false);
            journal.Append(Main, new JournalRecord.Intent(Main, "m2"), durable: false);
        }

        using var next = Open();
        Assert.Equal(("m2", null), (next.Of(Main).Marker, next.Of(Main).Identity));
    }

    [Fact]
    public void A_last_line_that_was_cut_off_never_happened_and_is_no_damage()
    {
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Stopped(Main, "alice", _time.GetUtcNow()), durable: true);
        }

        System.IO.File.AppendAllText(File, """{"record":"running","no""");
        using var next = Open();
        Assert.IsType<DesiredState.Stopped>(next.Of(Main).Desired);
        Assert.Equal((1, 0), (next.Epoch, next.DamagedLines));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("""{"record":"unheard-of"}""")]
    [InlineData("""{"record":"intent","node":"NOT A NAME","marker":"m"}""")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public void Damage_is_counted_and_raises_the_epoch_and_the_rest_is_kept(string line)
    {
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Available(Main, false), durable: true);
        }

        System.IO.File.AppendAllText(File, line + "\n");
        using (var next = Open())
        {
            Assert.Equal((2, 1), (next.Epoch, next.DamagedLines));
            Assert.Equal(false, next.Of(Main).Available);
        }

        using var later = Open();
        Assert.Equal((2, 0), (later.Epoch, later.DamagedLines));
    }

    [Fact]
    public void It_is_compacted_while_it_grows()
    {
        using var journal = Open();
        for (var i = 0; i < 12_000; i++)
        {
            journal.Append(Main, new JournalRecord.Intent(Main, $"host.main:0123456789abcdef:{i:x16}"), durable: false);
        }

        Assert.True(new FileInfo(File).Length < 1 << 20);
        Assert.Equal($"host.main:0123456789abcdef:{11_999:x16}", journal.Of(Main).Marker);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void Each_agent_that_opens_it_is_another_life()
    {
        for (var life = 1; life <= 3; life++)
        {
            using var journal = Open();
            Assert.Equal((life, _time.Start), (journal.Life, journal.Since));
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void Where_something_is_missing_it_knows_only_what_comes_from_here_on()
    {
        using (Open())
        {
        }

        _time.Advance(TimeSpan.FromHours(1));
        System.IO.File.AppendAllText(File, "garbage\n");
        using (var next = Open())
        {
            Assert.Equal(_time.GetUtcNow(), next.Since);
        }

        _time.Advance(TimeSpan.FromHours(1));
        System.IO.File.Delete(File);
        using var lost = Open();
        Assert.Equal((_time.GetUtcNow(), 1), (lost.Since, lost.Life));
    }

    [Fact]
    public void Orders_are_remembered_until_nobody_could_give_them_again()
    {
        var end = _time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        using (var journal = Open())
        {
            journal.Take(new JournalRecord.OrderTaken("a", end, OrderVerb.Restart, Main, Identity));
            journal.Take(new JournalRecord.OrderTaken("b", end, OrderVerb.Reload, null, null));
            journal.End("a");
        }

        _time.Advance(TimeSpan.FromMinutes(11));
        using (var next = Open())
        {
            Assert.Equal(["a", "b"], next.Orders.All.Keys.Order());
            Assert.Equal((true, Identity), (next.Orders.All["a"].Ended, next.Orders.All["a"].Taken.Identity));
            Assert.False(next.Orders.All["b"].Ended);
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        using (var later = Open())
        {
            Assert.Equal(["b"], later.Orders.All.Keys);
            Assert.Equal(end, later.Orders.ForgottenUntil);
        }

        using var last = Open();
        Assert.Equal(end, last.Orders.ForgottenUntil);
    }

    [Fact]
    public void An_order_that_comes_while_it_is_compacted_is_kept()
    {
        using (var journal = Open())
        {
            for (var i = 0; i < 400; i++)
            {
                journal.Take(new JournalRecord.OrderTaken($"{i}", long.MaxValue, OrderVerb.Restart, Main, Identity with { Marker = new string('m', 4_000) }));
            }
        }

        using var next = Open();
        Assert.Equal(400, next.Orders.All.Count);
    }

    [Fact]
    public void An_epoch_that_was_begun_stays()
    {
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Available(Main, false), durable: true);
            journal.BeginEpoch(7);
            Assert.Throws<ArgumentOutOfRangeException>(() => journal.BeginEpoch(7));
        }

        using var next = Open();
        Assert.Equal((7, false), (next.Epoch, next.Of(Main).Available));
    }

    [Fact]
    public void Its_text_is_approved()
    {
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Intent(Main, "m1"), durable: false);
            journal.Append(Main, new JournalRecord.Spawned(Main, Identity), durable: false);
            journal.Append(Main, new JournalRecord.Ended(Main), durable: false);
            journal.Append(Main, new JournalRecord.Running(Main), durable: false);
        }

        Assert.Equal(
            """
            {"record":"created","epoch":1,"at":"2000-01-01T00:00:00+00:00","life":1,"since":"2000-01-01T00:00:00+00:00"}
            {"record":"intent","node":"main","marker":"m1"}
            {"record":"spawned","node":"main","identity":{"boot_id":"boot","pid":42,"start_ticks":4711,"marker":"host.main:i:r"}}
            {"record":"ended","node":"main"}
            {"record":"running","node":"main"}

            """,
            System.IO.File.ReadAllText(File));
    }

    private MoneroCloud.Agent.Journal Open() => MoneroCloud.Agent.Journal.Open(_folder, _time);
}
