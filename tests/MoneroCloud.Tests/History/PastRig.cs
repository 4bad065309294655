using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>A node under an agent that reports each minute or says nothing, and what is stored of its past.</summary>
internal sealed class PastRig : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    public PastRig(ITable? table = null) => (Rig, Agent) = (new MonitorRig(table), new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node"));

    public MonitorRig Rig { get; }

    public SimulatedAgent Agent { get; }

    public SimulatedNode Node => Agent.Node;

    public DateTimeOffset Now => Rig.Time.GetUtcNow();

    public HistoryBook Book => new(Rig.NewMonitor());

    /// <summary>Observations that reached the monitor.</summary>
    public int Checks { get; private set; }

    /// <summary>What was shown of the node, in each step of time.</summary>
    public List<HealthState> Shown { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PastRig> StartAsync(ITable? table = null, DateTimeOffset? at = null)
    {
        var past = new PastRig(table);
        past.Rig.Time.SetUtcNow(at ?? Given.Now);
        await past.Rig.EnrolAsync(MonitorRig.Home);
        return past;
    }

    /// <summary>Something happens to the node now; it is told with the next report.</summary>
    public void Happens(Action<SimulatedNode> what)
    {
        Agent.Now = Now;
        what(Node);
    }

    /// <summary>The node answers in 3 ms, or does not.</summary>
    public async Task ReportAsync(bool hung = false)
    {
        Agent.Now = Now;
        if (hung)
        {
            Node.Hung();
        }
        else
        {
            Node.Healthy();
        }

        await TellAsync();
    }

    public async Task TellAsync()
    {
        var report = Agent.Report();
        Assert.IsType<TriggerResult.Done>(await Rig.TakeAsync(report));
        Agent.TakeAcks(Rig.Bus.AcksTo(Agent.Name));
    }

    public async Task MinutesAsync(int minutes, bool hung = false)
    {
        for (var i = 0; i < minutes; i++)
        {
            await ReportAsync(hung);
            Checks++;
            Rig.Time.Advance(Minute);
        }
    }

    /// <summary>With sweeps, and a look at what is shown.</summary>
    public async Task WatchAsync(int minutes, bool silent = false)
    {
        for (var i = 0; i < minutes * 4; i++)
        {
            if (i % 4 == 0 && !silent)
            {
                Agent.Now = Now;
                Node.Observe(Node.Pid is null ? Given.Silent(120) : Given.Wallet);
                await TellAsync();
            }

            await Rig.SweepAsync();
            Shown.Add((await ViewAsync()).State);
            Rig.Time.Advance(Step);
        }
    }

    public async Task<NodeView> ViewAsync() => NodeViews.Of((await RecordAsync())!, await Rig.AgentAsync(Agent.Name), Rig.Policy, Now);

    public Task<NodeRecord?> RecordAsync() => Rig.NodeAsync(Node.Id);

    /// <summary>In rows.</summary>
    public async Task<List<RollupBucket>> StoredAsync(RollupSpan span) =>
        [.. (await Rig.RowsAsync(Keys.RollupsOf(Node.Id, span))).SelectMany(r => RollupRows.Read(r, span, e => throw e))];

    /// <summary>All that was ever counted, by the hours or the days.</summary>
    public async Task<CheckTally> SumAsync(RollupSpan span) =>
        (await StoredAsync(span)).Concat((await RecordAsync())!.Rollups!.Parts(span)).Aggregate(CheckTally.None, (sum, b) => sum.Plus(b.Checks));

    public async Task<UptimeView> UptimeAsync(DateTimeOffset from, int slices = 0) => (await Book.UptimeAsync(Node.Id, from, Now, slices, Cancellation))!;

    public async Task<ImmutableArray<RollupView>> RollupsAsync(RollupSpan span, DateTimeOffset from) => (await Book.RollupsAsync(Node.Id, span, from, Now, from, Cancellation))!.Value.Rollups;

    public void Dispose() => Rig.Dispose();
}
