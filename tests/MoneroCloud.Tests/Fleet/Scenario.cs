using System.Text.Json;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>One agent with one node and its monitor, told and asked at each moment as they really are: reports, dispatch, sweep and delivery.</summary>
internal sealed class Scenario : IDisposable
{
    public MonitorRig Rig { get; } = new();

    public SimulatedAgent Agent { get; } = new(MonitorRig.Home, Given.Now, "main-node");

    public SimulatedNode Node => Agent.Node;

    /// <summary>The kinds of alerts that were delivered, in order.</summary>
    public AlertKind[] Told => [.. Rig.Notifier.Sent.Select(s => s.Alert.Kind)];

    /// <summary>A node that works, and of which nothing was told.</summary>
    public static async Task<Scenario> BeginAsync()
    {
        var scenario = new Scenario();
        await scenario.Rig.EnrolAsync(MonitorRig.Home);
        await scenario.RecoverAsync();
        Assert.Empty(scenario.Told);
        return scenario;
    }

    /// <summary>So many seconds pass, in which nothing new is seen and the agent reports each minute; then the deed, which it reports at once.</summary>
    public async Task AfterAsync(int seconds, Action<SimulatedNode>? deed = null)
    {
        for (var left = seconds; left > 0; left -= 60)
        {
            await SilenceAsync(Math.Min(left, 60));
            if (left > 60)
            {
                await ReportAsync();
            }
        }

        if (deed is not null)
        {
            deed(Node);
            await ReportAsync();
        }
    }

    /// <summary>So many seconds pass, and no report comes.</summary>
    public async Task SilenceAsync(int seconds)
    {
        await Rig.PassAsync(TimeSpan.FromSeconds(seconds));
        Agent.Now += TimeSpan.FromSeconds(seconds);
    }

    /// <summary>It answers, and again: so that it is Up whatever it was.</summary>
    public async Task RecoverAsync()
    {
        await AfterAsync(2, n => n.Healthy());
        await AfterAsync(2, n => n.Healthy());
        await MustBeAsync(HealthState.Up, Condition.Healthy, worked: true);
    }

    /// <summary>The row's state, and its columns as a reader of the table sees them.</summary>
    public async Task MustBeAsync(HealthState state, Condition condition, bool worked)
    {
        var row = (await Rig.Table.ReadAsync(Functions.Keys.Node(Node.Id), TestContext.Current.CancellationToken))!;
        var data = JsonSerializer.Deserialize(row.WorkedData!, CoreJson.Default.WorkedData)!;
        var full = Assert.IsType<WorkedData.Full>(data);
        var node = (await Rig.NodeAsync(Node.Id))!;

        Assert.Equal((state, condition, worked, Node.Pid), (node.Health.State, data.Condition!.Value, row.Worked!.Value, row.Pid));
        Assert.Equal(Node.Pid is not null, full.Summary.PidAlive);
        Assert.Equal(worked, full.Checks.Api.Status && condition == Condition.Healthy);
        Assert.Equal(state == HealthState.Up, (await Rig.Table.ReadAsync(Functions.Keys.NotUpOf(Node.Id.ToString()), TestContext.Current.CancellationToken)) is null);
    }

    public void Dispose() => Rig.Dispose();

    private async Task ReportAsync()
    {
        Assert.IsType<Functions.TriggerResult.Done>(await Rig.TakeAsync(Agent));
        await Rig.DeliverAsync();
    }
}
