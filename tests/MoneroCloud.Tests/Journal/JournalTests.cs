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
            {"record":"created","epoch":1,"at":"2000-01-01T00:00:00+00:00"}
            {"record":"intent","node":"main","marker":"m1"}
            {"record":"spawned","node":"main","identity":{"boot_id":"boot","pid":42,"start_ticks":4711,"marker":"host.main:i:r"}}
            {"record":"ended","node":"main"}
            {"record":"running","node":"main"}

            """,
            System.IO.File.ReadAllText(File));
    }

    private MoneroCloud.Agent.Journal Open() => MoneroCloud.Agent.Journal.Open(_folder, _time);
}
