using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>The store is away for a minute while agents report: nothing of what they told is lost, and no message ends in the dead-letter queue.</summary>
public sealed class ReportOutageTests
{
    private const int Agents = 6;
    private const int EventsEach = 24;

    [Fact]
    public async Task A_minute_without_storage_loses_nothing()
    {
        var told = await TellAsync(result => result);

        Assert.Equal((Agents * EventsEach, Agents * EventsEach), (told.Stored, told.Acked));
        Assert.Empty(told.Queue.DeadLettered);
        Assert.InRange(told.Refused, 3 * Agents, 2_000);
        Assert.InRange(told.Queue.MostDeliveries, 2, 20);
        TestContext.Current.TestOutputHelper!.WriteLine($"{told.Stored} of {Agents * EventsEach} events of {Agents} agents are stored; the store refused {told.Refused} calls, a message was delivered up to {told.Queue.MostDeliveries} times");
    }

    [Fact]
    public async Task Catches_a_trigger_that_completes_what_it_could_not_store()
    {
        var told = await TellAsync(result => result is TriggerResult.Failed ? TriggerResult.Done.Instance : result);

        Assert.InRange(told.Stored, 0, (Agents * EventsEach) - 1);
    }

    [Fact]
    public async Task Catches_a_trigger_that_gives_up_at_once()
    {
        var told = await TellAsync(result => result, patient: false);

        Assert.NotEmpty(told.Queue.DeadLettered);
    }

    /// <summary>Reports of all agents' lives, the last three of each sent while the store is away for 60 s.</summary>
    private static async Task<(long Stored, long Acked, int Refused, RedeliveringQueue Queue)> TellAsync(Func<TriggerResult, TriggerResult> answer, bool patient = true)
    {
        using var rig = new MonitorRig();
        var names = Enumerable.Range(0, Agents).Select(i => NodeName.Parse($"host-{i}")).ToArray();
        await rig.EnrolAsync(names);
        var awayFrom = DateTimeOffset.MaxValue;
        var table = rig.Table;
        var outages = new TableOutages(table, () => rig.Time.GetUtcNow() is var now && now >= awayFrom && now - awayFrom < TimeSpan.FromSeconds(60));
        rig.Table = outages;
        var monitor = rig.NewMonitor();
        var reports = rig.Reports(patient ? monitor : monitor with { Time = new HurriedTime(rig.Time) });
        var queue = new RedeliveringQueue(
            async (body, deliveries) => answer(await reports.InvokeAsync(new TriggerCall.Bus(body, "m", deliveries, null), TestContext.Current.CancellationToken)),
            rig.Time);
        var agents = names.Select(n => new SimulatedAgent(n, Given.Now, "main-node")).ToArray();

        await LiveAsync(reportEvery: 1, drain: true);
        awayFrom = rig.Time.GetUtcNow();
        await LiveAsync(reportEvery: EventsEach / 6, drain: false);
        await queue.DrainAsync(atOnce: 3 * Agents);

        rig.Table = table;
        var stored = 0L;
        foreach (var agent in agents)
        {
            stored += (await rig.HistoryAsync(agent.Node.Id.ToString())).Count(e => e.Fact is NodeFact.WalletOpened);
        }

        return (stored, names.Sum(n => rig.Bus.AcksTo(n).Max(a => a.N)), outages.Refused, queue);

        async Task LiveAsync(int reportEvery, bool drain)
        {
            for (var i = 1; i <= EventsEach / 2; i++)
            {
                foreach (var agent in agents)
                {
                    agent.Now += TimeSpan.FromSeconds(1);
                    agent.Add(agent.Node.Name, new NodeFact.WalletOpened(i));
                    if (i % reportEvery == 0)
                    {
                        queue.Send(rig.Signed(agent.Report()));
                    }
                }

                if (drain)
                {
                    await queue.DrainAsync();
                    agents.ToList().ForEach(a => a.TakeAcks(rig.Bus.AcksTo(a.Name)));
                }
            }
        }
    }

    /// <summary>Whoever measures by it has no patience: a minute passes between any two looks. The day's time is the other's.</summary>
    private sealed class HurriedTime(TimeProvider time) : TimeProvider
    {
        private long _minutes;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => Interlocked.Increment(ref _minutes) * 60 * TimestampFrequency;
    }
}
