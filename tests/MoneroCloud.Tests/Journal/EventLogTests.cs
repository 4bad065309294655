using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class EventLogTests
{
    private static readonly NodeName Main = NodeName.Parse("main");
    private static readonly NodeName Other = NodeName.Parse("other");
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _folder = TestRun.NewFolder("events");

    private string File => Path.Combine(_folder, Names.EventsFile);

    [Fact]
    public void Facts_are_numbered_without_gaps_across_lives_and_transitions_are_not()
    {
        using (var log = new EventLog(_folder, epoch: 3))
        {
            log.Add(Main, At, new NodeFact.Spawned(1));
            log.Add(Main, Transition());
            log.Add(Other, At, new NodeFact.Spawned(2));
        }

        using var next = new EventLog(_folder, epoch: 3);
        next.Add(Main, At, new NodeFact.Exited(1, null, 9, ExitCause.Unknown, false));
        Assert.Equal([1, null, 2, 3], next.Last(null, 10).Select(e => e.N));
        Assert.Equal([1, null, 3], next.Last(Main, 10).Select(e => e.N));
    }

    [Fact]
    public void A_new_epoch_begins_at_one()
    {
        using (var log = new EventLog(_folder, epoch: 3))
        {
            log.Add(Main, At, new NodeFact.Spawned(1));
        }

        using var next = new EventLog(_folder, epoch: 4);
        next.Add(Main, At, new NodeFact.Spawned(2));
        Assert.Equal((4, 1), (next.Last(null, 1)[0].Epoch, next.Last(null, 1)[0].N));
    }

    [Fact]
    public void A_line_that_was_cut_off_is_passed_over_and_does_not_swallow_the_next()
    {
        using (var log = new EventLog(_folder, epoch: 1))
        {
            log.Add(Main, At, new NodeFact.Spawned(1));
        }

        System.IO.File.AppendAllText(File, """{"node":"main","at":"20""");
        using var next = new EventLog(_folder, epoch: 1);
        next.Add(Main, At, new NodeFact.Spawned(2));
        Assert.Equal([1, 2], next.Last(null, 10).Select(e => e.N));
    }

    [Fact]
    public void It_is_bounded()
    {
        using var log = new EventLog(_folder, epoch: 1);
        for (var i = 0; i < 60_000; i++)
        {
            log.Add(Main, At, new NodeFact.Signalled(1, 18, "a text of some length, so that the bound is reached by and by, as it would be in years"));
        }

        Assert.InRange(new DirectoryInfo(_folder).GetFiles().Sum(f => f.Length), 1, 9 << 20);
        Assert.Equal(60_000, log.Last(null, 1)[0].N);
    }

    [Fact]
    public void On_a_full_disk_what_happens_is_told_all_the_same_and_only_the_list_lacks_it()
    {
        var (disk, told, lines) = (new RefusingDisk(), new List<long?>(), new List<string>());
        using var log = new EventLog(_folder, epoch: 1, disk.Open);
        log.Written += entry => told.Add(entry.N);
        log.Trouble += lines.Add;
        log.Add(Main, At, new NodeFact.Spawned(1));
        disk.IsFull = true;
        log.Add(Main, At, new NodeFact.Spawned(2));
        log.Add(Main, Transition());
        log.Add(Main, At, new NodeFact.Spawned(3));
        disk.IsFull = false;
        log.Add(Main, At, new NodeFact.Spawned(4));
        log.Add(Main, At, new NodeFact.Spawned(5));

        Assert.Equal([1, 2, null, 3, 4, 5], told);
        Assert.Equal([1, 4, 5], log.Last(null, 10).Select(e => e.N));
        Assert.Equal(["events.jsonl cannot be written: No space left on device; the agent goes on supervising without it", "events.jsonl is written again; what happened meanwhile is missing in it"], lines);
    }

    [Fact]
    public void A_rotation_that_fails_costs_nothing_and_is_tried_again_later()
    {
        var disk = new RefusingDisk();
        using var log = new EventLog(_folder, epoch: 1, disk.Open);
        disk.OpensNone = true;
        var text = new string('t', 900);
        for (var i = 0; i < 6_000; i++)
        {
            log.Add(Main, At, new NodeFact.Signalled(1, 18, text));
        }

        Assert.InRange(disk.Opened, 2, 10);
        Assert.Equal(6_000, log.Last(null, 10_000).Length);
        disk.OpensNone = false;
        for (var i = 0; i < 300; i++)
        {
            log.Add(Main, At, new NodeFact.Signalled(1, 18, text));
        }

        Assert.InRange(new FileInfo(File).Length, 1, 1 << 20);
        Assert.Equal(6_300, log.Last(null, 10_000).Length);
    }

    [Fact]
    public void The_next_agent_knows_whose_end_was_not_told()
    {
        using (var log = new EventLog(_folder, epoch: 1))
        {
            Assert.Empty(log.LastLives);
            log.Add(Main, At, new NodeFact.Spawned(1));
            log.Add(Main, At, new NodeFact.Exited(1, 0, null, ExitCause.Unknown, true));
            log.Add(Main, At, new NodeFact.Spawned(2));
            log.Add(Other, At, new NodeFact.Adopted(7));
            log.Add(Other, At, new NodeFact.Exited(7, null, 9, ExitCause.Unknown, false));
        }

        using var next = new EventLog(_folder, epoch: 2);
        Assert.Equal(new LastLife(2, 1), next.LastLives[Main]);
        Assert.Equal(new LastLife(null, 7), next.LastLives[Other]);
    }

    [Theory]
    [InlineData(null, null, null, null)] // nothing was there
    [InlineData(2, null, 2, 2)] // it lives
    [InlineData(2, null, 2, null, 2)] // it ended unseen
    [InlineData(2, null, 2, 5, 2)] // it ended unseen, and another carries the marker
    [InlineData(2, 1, 3, null, 2, 3)] // its end was not written down, nor was anything of what replaced it
    [InlineData(2, 1, 3, 3, 2)] // what replaced it lives
    [InlineData(null, 2, 2, null)] // its end was written down, though not in the journal
    [InlineData(null, 1, 3, null, 3)] // only the journal knows of it
    [InlineData(2, 1, null, null, 2)] // the journal was lost
    public void An_end_is_told_by_the_next_agent_unless_it_was_told_before(int? begun, int? ended, int? journaled, int? alive, params int[] untold) =>
        Assert.Equal(untold, new LastLife(begun, ended).Untold(Identity(journaled), Identity(alive)));

    [Fact]
    public void Its_text_is_approved()
    {
        using (var log = new EventLog(_folder, epoch: 1))
        {
            log.Add(Main, At, new NodeFact.Exited(42, null, 9, ExitCause.Unknown, false));
            log.Add(Main, Transition());
        }

        Assert.Equal(
            """
            {"node":"main","at":"2026-01-02T03:04:05+00:00","epoch":1,"n":1,"fact":{"kind":"exited","pid":42,"signal":9,"cause":"Unknown","expected":false}}
            {"node":"main","at":"2026-01-02T03:04:05+00:00","transition":{"from":"Up","to":"Down","from_condition":"Healthy","to_condition":"Exited","at":"2026-01-02T03:04:05+00:00","explanation":"why"}}

            """,
            System.IO.File.ReadAllText(File));
    }

    private static ProcessIdentity? Identity(int? pid) => pid is { } number ? new ProcessIdentity("boot", number, 1, "host.main:i:r") : null;

    private static Transition Transition() => new(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, At, "why");
}
