using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A journal on a disk that refuses: it stops nobody, and lacks nothing when it is over.</summary>
public sealed class FullJournalTests
{
    private static readonly NodeName Main = NodeName.Parse("main");
    private static readonly ProcessIdentity Identity = new("boot", 42, 4711, "host.main:i:r");

    private readonly string _folder = TestRun.NewFolder("full-journal");
    private readonly FakeTimeProvider _time = new();
    private readonly RefusingDisk _disk = new();
    private readonly List<string> _told = [];

    private string File => Path.Combine(_folder, Names.JournalFile);

    [Fact]
    public void What_need_not_be_durable_is_not_refused_and_is_in_the_file_when_there_is_room_again()
    {
        using (var journal = Open())
        {
            journal.Append(Main, new JournalRecord.Spawned(Main, Identity with { Pid = 41 }), durable: false);
            _disk.IsFull = true;
            journal.Append(Main, new JournalRecord.Ended(Main), durable: false);
            journal.Append(Main, new JournalRecord.Intent(Main, Identity.Marker!), durable: false);
            journal.Append(Main, new JournalRecord.Spawned(Main, Identity), durable: false);
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(Identity, journal.Of(Main).Identity);
            Assert.Equal(["journal.jsonl cannot be written: No space left on device; the agent goes on supervising without it"], _told);
            Assert.False(System.IO.File.Exists(File + ".next"));

            _disk.IsFull = false;
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal("journal.jsonl is written again, and lacks nothing", Assert.Single(_told.Skip(1)));
        }

        using var next = Open();
        Assert.Equal((1, 0), (next.Epoch, next.DamagedLines));
        Assert.Equal(Identity, next.Of(Main).Identity);
    }

    [Fact]
    public void An_order_that_cannot_be_written_is_refused_and_nothing_of_it_is_left()
    {
        using (var journal = Open())
        {
            _disk.IsFull = true;
            Assert.Throws<IOException>(() => journal.Append(Main, new JournalRecord.Stopped(Main, "alice", _time.GetUtcNow()), durable: true));
            Assert.Throws<IOException>(() => journal.Take(new JournalRecord.OrderTaken("a", long.MaxValue, OrderVerb.Restart, Main, Identity)));
            Assert.Throws<IOException>(() => journal.BeginEpoch(2));
            Assert.Equal((1, 0), (journal.Epoch, journal.Orders.All.Count));
            Assert.IsType<DesiredState.Running>(journal.Of(Main).Desired);

            _disk.IsFull = false;
            journal.Append(Main, new JournalRecord.Available(Main, false), durable: true);
        }

        using var next = Open();
        Assert.Equal((1, 0, 0), (next.Epoch, next.DamagedLines, next.Orders.All.Count));
        Assert.IsType<DesiredState.Running>(next.Of(Main).Desired);
        Assert.Equal(false, next.Of(Main).Available);
    }

    [Fact]
    public void An_order_is_kept_though_the_journal_cannot_be_compacted_and_that_is_not_tried_at_each_one()
    {
        using (var journal = Open())
        {
            _disk.OpensNone = true;
            for (var i = 0; i < 400; i++)
            {
                journal.Take(new JournalRecord.OrderTaken($"{i}", long.MaxValue, OrderVerb.Restart, Main, Identity with { Marker = new string('m', 4_000) }));
            }

            Assert.Equal(400, journal.Orders.All.Count);
            Assert.Equal(2, _disk.Opened);
            Assert.Equal(["journal.jsonl cannot be compacted: Too many open files; the agent goes on supervising without it"], _told);

            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(3, _disk.Opened);
            Assert.Throws<IOException>(() => journal.BeginEpoch(7));
            journal.End("7");
            Assert.Equal(1, journal.Epoch);

            _disk.OpensNone = false;
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(2, _told.Count);
            journal.BeginEpoch(7);
            journal.Append(Main, new JournalRecord.Available(Main, false), durable: false);
        }

        using var next = Open();
        Assert.Equal((7, 0, 400), (next.Epoch, next.DamagedLines, next.Orders.All.Count));
        Assert.True(next.Orders.All["7"].Ended);
        Assert.Equal(false, next.Of(Main).Available);
    }

    private MoneroCloud.Agent.Journal Open()
    {
        var journal = MoneroCloud.Agent.Journal.Open(_folder, _time, _disk.Open);
        journal.Trouble += _told.Add;
        return journal;
    }
}
