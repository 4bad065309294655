using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SpoolAttachmentTests
{
    private static readonly ObservedEvidence Seen = new(1, default, 0, VerdictRow.Begin(Condition.Healthy, default), new HostEvidence());

    private readonly string _folder = TestRun.NewFolder("attach");

    private string SpoolFolder => Path.Combine(_folder, "spool");

    [Fact]
    public async Task Without_an_enrolment_nothing_is_kept_and_numbering_goes_on()
    {
        await using var agent = new EnrolledAgent(_folder);
        Assert.Null(SpoolAttachment.Attach(agent.Context, null));
        agent.Happens(new NodeFact.Spawned(1));
        agent.Events.AddObserved(EnrolledAgent.Main, Seen);
        agent.Happens(new NodeFact.Spawned(2));

        Assert.False(Directory.Exists(SpoolFolder));
        Assert.Equal([1, 2], agent.Events.Last(null, 10).Select(e => e.N));
    }

    [Fact]
    public async Task An_enrolment_begins_an_epoch_and_what_was_before_is_not_told()
    {
        await using var agent = new EnrolledAgent(_folder);
        agent.Happens(new NodeFact.Spawned(1));
        agent.Attach();
        agent.Happens(new NodeFact.Spawned(2));
        agent.Events.AddObserved(EnrolledAgent.Main, Seen);
        agent.Happens(new NodeFact.Spawned(3));

        Assert.Equal(2, agent.Journal.Epoch);
        var told = agent.Spool.Read(int.MaxValue).Events;
        Assert.Equal([(2L, 1L), (2, 2), (2, 3)], told.Select(e => (e.Epoch, e.N)));
        Assert.Equal(new NodeFact.Spawned(2), told[0].Fact);
        Assert.IsType<NodeFact.Observed>(told[1].Fact);

        // The transition beside it says the same to people.
        Assert.DoesNotContain(agent.Events.Last(null, 10), e => e.Fact is NodeFact.Observed);
    }

    [Fact]
    public async Task The_next_agent_goes_on_where_this_one_was_killed()
    {
        SigningKey monitor, key;
        await using (var agent = new EnrolledAgent(_folder))
        {
            (monitor, key) = (SigningKey.Create(), SigningKey.Create());
            using var spool = SpoolAttachment.Attach(agent.Context, EnrolledAgent.Enrolment(monitor, key))!;
            agent.Happens(new NodeFact.Spawned(1));
            agent.Happens(new NodeFact.Spawned(2));
            spool.Forget(new EventPosition(1, 1));

            // Killed between the spool and the list: the list has one less.
            File.WriteAllLines(Path.Combine(_folder, Names.EventsFile), File.ReadAllLines(Path.Combine(_folder, Names.EventsFile))[..1]);
        }

        await using var next = new EnrolledAgent(_folder);
        using var again = SpoolAttachment.Attach(next.Context, EnrolledAgent.Enrolment(monitor, key))!;
        next.Happens(new NodeFact.Spawned(3));
        Assert.Equal([(1L, 2L), (1, 3)], again.Read(int.MaxValue).Events.Select(e => (e.Epoch, e.N)));
        Assert.Equal(2, next.Journal.Life);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7071/", new[] { 1, 2 })]
    [InlineData("https://other.example/", new int[0])]
    public async Task Under_a_new_key_the_same_monitor_gets_what_it_has_not_got_and_another_one_nothing(string url, int[] told)
    {
        await using var agent = new EnrolledAgent(_folder).Attach();
        agent.Happens(new NodeFact.Spawned(1));
        agent.Happens(new NodeFact.Spawned(2));

        using var key = SigningKey.Create();
        using var spool = SpoolAttachment.Attach(agent.Context, EnrolledAgent.Enrolment(agent.Monitor, key, url))!;
        Assert.Equal(2, agent.Journal.Epoch);
        Assert.Equal(told, spool.Read(int.MaxValue).Events.Select(e => ((NodeFact.Spawned)e.Fact).Pid));
        agent.Happens(new NodeFact.Spawned(3));
        Assert.Equal((2, told.Length + 1), (agent.Events.Position.Epoch, agent.Events.Position.N));
    }

    [Theory]
    [InlineData(1)] // As after an enrolment before the first start.
    [InlineData(7)]
    public async Task A_lost_journal_gets_an_epoch_above_that_of_the_spool(int epoch)
    {
        using var monitor = SigningKey.Create();
        using var key = SigningKey.Create();
        await using (var agent = new EnrolledAgent(_folder))
        {
            if (epoch > 1)
            {
                agent.Context.BeginEpoch(epoch);
            }

            using var spool = SpoolAttachment.Attach(agent.Context, EnrolledAgent.Enrolment(monitor, key))!;
            agent.Happens(new NodeFact.Spawned(1));
        }

        File.Delete(Path.Combine(_folder, Names.JournalFile));
        await using var next = new EnrolledAgent(_folder);
        using (var again = SpoolAttachment.Attach(next.Context, EnrolledAgent.Enrolment(monitor, key))!)
        {
            Assert.Equal((epoch + 1, epoch + 1), (next.Journal.Epoch, next.Events.Position.Epoch));
            Assert.Equal([(epoch + 1L, 1L)], again.Read(int.MaxValue).Events.Select(e => (e.Epoch, e.N)));
        }

        // Once: the numbers of this life are known.
        using var later = SpoolAttachment.Attach(next.Context, EnrolledAgent.Enrolment(monitor, key))!;
        Assert.Equal(epoch + 1, next.Journal.Epoch);
    }

    [Fact]
    public async Task A_spool_that_is_taken_up_again_in_the_first_life_of_the_agent_keeps_its_epoch()
    {
        await using var agent = new EnrolledAgent(_folder).Attach();
        agent.Happens(new NodeFact.Spawned(1));
        using var again = SpoolAttachment.Attach(agent.Context, agent.Enrolled)!;
        Assert.Equal((1, 1), (agent.Journal.Life, agent.Journal.Epoch));
        Assert.Equal([(1L, 1L)], again.Read(int.MaxValue).Events.Select(e => (e.Epoch, e.N)));
    }
}
