using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class EventSpoolTests
{
    private const string Monitor = "https://monitor/";

    private static readonly NodeName Main = NodeName.Parse("main");
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _folder = Path.Combine(TestRun.NewFolder("spool"), "spool");

    [Fact]
    public void Events_come_back_oldest_first_up_to_the_budget()
    {
        using var spool = Make();
        Append(spool, 1, 100);

        var all = spool.Read(int.MaxValue);
        var some = spool.Read(1000);

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), all.Events.Select(e => e.N));
        Assert.Equal((At, Main, new NodeFact.Spawned(7)), (all.Events[6].At, all.Events[6].Node, (NodeFact.Spawned)all.Events[6].Fact));
        Assert.False(all.More);
        Assert.True(some.More);
        Assert.InRange(some.Events.Length, 5, 20);
        Assert.Equal(some.Events, all.Events[..some.Events.Length]);
        Assert.Single(spool.Read(1).Events);
    }

    [Fact]
    public void What_was_acked_is_gone_in_the_next_life_and_the_rest_is_there()
    {
        using (var spool = Make())
        {
            Append(spool, 1, 100);
            Assert.True(spool.Forget(new EventPosition(3, 60)));
            Assert.False(spool.Forget(new EventPosition(3, 60)));
            Assert.False(spool.Forget(new EventPosition(3, 59)));
            Assert.False(spool.Forget(new EventPosition(2, 80)));
            Assert.False(spool.Forget(new EventPosition(3, 101)));
        }

        using var next = Open();
        Assert.Equal((60, 100, 40), (next.Stored.N, next.Last, next.Pending));
        Append(next, 101, 110);
        Assert.Equal(Enumerable.Range(61, 50).Select(n => (long)n), next.Read(int.MaxValue).Events.Select(e => e.N));
    }

    [Fact]
    public void Nothing_is_left_on_the_disk_of_what_was_acked()
    {
        using var spool = Make(limit: 64 * 1024);
        Append(spool, 1, 300);
        Assert.True(Segments() > 4);

        spool.Forget(new EventPosition(3, 299));
        Assert.Equal(1, Segments());
        spool.Forget(new EventPosition(3, 300));
        Assert.Equal(0, Segments());

        Append(spool, 301, 301);
        Assert.Equal([301], spool.Read(int.MaxValue).Events.Select(e => e.N));
    }

    [Fact]
    public void A_file_cut_off_anywhere_loses_the_last_event_at_most_and_swallows_none_that_follows()
    {
        byte[] whole;
        using (var spool = Make())
        {
            Append(spool, 1, 5);
            whole = File.ReadAllBytes(SegmentFiles().Single());
        }

        for (var length = 0; length <= whole.Length; length++)
        {
            Directory.GetFiles(_folder, "*.jsonl").ToList().ForEach(File.Delete);
            File.WriteAllBytes(Path.Combine(_folder, "3-1.jsonl"), whole[..length]);
            var kept = whole[..length].Count(b => b == '\n');

            using var next = Open();
            Assert.Equal(kept, next.Last);
            Append(next, kept + 1, kept + 1);
            Assert.Equal(Enumerable.Range(1, kept + 1).Select(n => (long)n), next.Read(int.MaxValue).Events.Select(e => e.N));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("""{"epoch":3,"n":3,"at":"2026-01-02T03:04:05+00:00","fact":{"kind":"unheard-of"}}""")]
    public void A_line_that_cannot_be_read_is_told_as_lost_in_its_place(string line)
    {
        using (var spool = Make())
        {
            Append(spool, 1, 5);
        }

        var file = SegmentFiles().Single();
        var lines = File.ReadAllLines(file);
        lines[2] = line;
        File.WriteAllLines(file, lines);

        using var next = Open();
        var read = next.Read(int.MaxValue);
        Assert.Equal([1, 2, 3, 4, 5], read.Events.Select(e => e.N));
        Assert.Equal(new NodeFact.Lost(1), read.Events[2].Fact);
    }

    [Fact]
    public void Past_the_bound_the_oldest_become_one_event_with_the_number_of_the_last_of_them()
    {
        const long Limit = 64 * 1024;
        using var spool = Make(Limit);
        for (var n = 1; n <= 5000; n++)
        {
            Append(spool, n, n);
            Assert.InRange(new DirectoryInfo(_folder).GetFiles().Sum(f => f.Length), 0, Limit + 1024);
        }

        var read = spool.Read(int.MaxValue);
        var lost = Assert.IsType<NodeFact.Lost>(read.Events[0].Fact);
        Assert.InRange(lost.Count, 4000, 4990);
        Assert.Equal((lost.Count, null), (read.Events[0].N, read.Events[0].Node));
        Assert.Equal(Enumerable.Range((int)lost.Count, 5001 - (int)lost.Count).Select(n => (long)n), read.Events.Select(e => e.N));
        Assert.All(read.Events.Skip(1), e => Assert.Equal(new NodeFact.Spawned((int)e.N), e.Fact));
        Assert.Equal(5000, spool.Pending);
    }

    [Fact]
    public void In_a_new_epoch_what_is_left_is_numbered_from_one()
    {
        using (var spool = Make())
        {
            Append(spool, 1, 10);
            spool.Append(new NodeEvent(3, 11, Main, At, new NodeFact.Observed(Seen(afterEvent: 10))));
            spool.Forget(new EventPosition(3, 4));
            spool.BeginEpoch(8);
            Assert.Equal((new EventPosition(8, 0), 7, 7), (spool.Stored, spool.Last, spool.Pending));
        }

        using var next = Open();
        var read = next.Read(int.MaxValue);
        Assert.Equal(Enumerable.Range(1, 7).Select(n => (8L, (long)n)), read.Events.Select(e => (e.Epoch, e.N)));
        Assert.Equal(Enumerable.Range(5, 6), read.Events.Take(6).Select(e => ((NodeFact.Spawned)e.Fact).Pid));
        Assert.Equal(6, ((NodeFact.Observed)read.Events[6].Fact).Seen.AfterEvent);
    }

    [Fact]
    public void Renumbering_that_was_cut_off_before_it_was_decided_has_not_happened()
    {
        using (var spool = Make())
        {
            Append(spool, 1, 10);
        }

        File.WriteAllText(Path.Combine(_folder, "8-1.jsonl"), """{"epoch":8,"n":1,"at":"2026-01-02T03:04:05+00:00","fact":{"kind":"spawned","pid":1}}""" + "\n");
        using var next = Open();
        Assert.Equal((3, 10), (next.Stored.Epoch, next.Read(int.MaxValue).Events.Length));
        Assert.Single(SegmentFiles());
    }

    [Fact]
    public void Another_monitor_does_not_get_it()
    {
        using (var spool = Make())
        {
            Append(spool, 1, 10);
        }

        Assert.Null(EventSpool.TryOpen(_folder, 1 << 20, "https://other/"));
        Assert.Null(EventSpool.TryOpen(_folder + "-none", 1 << 20, Monitor));
        File.WriteAllText(Path.Combine(_folder, "acked.json"), "{");
        Assert.Null(EventSpool.TryOpen(_folder, 1 << 20, Monitor));
    }

    [Fact]
    public void A_disk_that_fails_stops_nobody_and_what_it_cost_is_told_afterwards()
    {
        using var spool = Make(limit: 64 * 1024);
        Append(spool, 1, 3);
        var away = _folder + "-away";
        Directory.Move(_folder, away);
        Append(spool, 4, 60);
        Assert.NotNull(spool.Trouble);

        Directory.Move(away, _folder);
        Append(spool, 61, 61);
        Assert.Null(spool.Trouble);
        var read = spool.Read(int.MaxValue);
        Assert.Equal(61, read.Events[^1].N);
        Assert.Contains(read.Events, e => e.Fact is NodeFact.Lost);
        Assert.Equal(61, read.Events.Sum(e => e.Fact is NodeFact.Lost lost ? lost.Count : 1));
    }

    [Fact]
    public void What_was_told_is_on_the_disk_before_it_is_told()
    {
        using var spool = Make();
        Append(spool, 1, 3);
        spool.FlushToDisk();
        spool.FlushToDisk();
        Assert.Null(spool.Trouble);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SegmentFiles().Single()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
    }

    private static ObservedEvidence Seen(long afterEvent) =>
        new(1, At, afterEvent, VerdictRow.Begin(Condition.Healthy, At), new HostEvidence());

    private static void Append(EventSpool spool, int from, int to)
    {
        for (var n = from; n <= to; n++)
        {
            spool.Append(new NodeEvent(spool.Stored.Epoch, n, Main, At, new NodeFact.Spawned(n)));
        }
    }

    private EventSpool Make(long limit = 1 << 20) => EventSpool.Make(_folder, limit, new SpoolPosition(3, 0, Monitor, "key"));

    private EventSpool Open() => EventSpool.TryOpen(_folder, 1 << 20, Monitor)!;

    private string[] SegmentFiles() => Directory.GetFiles(_folder, "*.jsonl");

    private int Segments() => SegmentFiles().Length;
}
