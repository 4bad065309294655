using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>An agent's key is replaced while reports are on their way.</summary>
public sealed class AgentKeyTests
{
    [Fact]
    public async Task While_a_key_is_replaced_reports_of_both_are_taken_and_after_that_of_the_new_one_alone()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        await rig.TakeAsync(agent);
        using var old = rig.AgentKeys[MonitorRig.Home];
        var underWay = rig.Signed(Next(agent));
        rig.AgentKeys[MonitorRig.Home] = SigningKey.Create();
        await WriteAsync(rig, r => r with { Keys = [rig.AgentKeys[MonitorRig.Home].PublicKey.ToJwk(), old.PublicKey.ToJwk()], OldKeyUntil = rig.Time.GetUtcNow().AddHours(1) });

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(underWay));
        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(Next(agent)));

        var late = Jws.Sign(old, JwsType.Report, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Next(agent), CoreJson.Default.Report));
        rig.Time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("agent home", Assert.IsType<TriggerResult.Refused>(await rig.TakeAsync(late)).Reason, StringComparison.Ordinal);
        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(Next(agent)));
    }

    [Fact]
    public async Task What_an_agent_says_of_the_monitors_keys_is_kept_and_each_ack_tells_them()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        var thumbprint = MonitorRig.MonitorKey.PublicKey.Thumbprint;

        await rig.TakeAsync(Next(agent) with { Trusts = [thumbprint] });

        Assert.Equal([thumbprint], (await rig.AgentAsync(MonitorRig.Home)).Trusts);
        Assert.Equal([MonitorRig.MonitorKey.PublicKey.ToJwk()], rig.Bus.AcksTo(MonitorRig.Home).Last().MonitorKeys!.Value);
    }

    private static Report Next(SimulatedAgent agent)
    {
        agent.Now += TimeSpan.FromSeconds(10);
        agent.Node.Healthy();
        return agent.Report();
    }

    private static async Task WriteAsync(MonitorRig rig, Func<AgentRecord, AgentRecord> change)
    {
        var stored = await rig.Table.FindAsync(Keys.Agent(MonitorRig.Home), CoreJson.Default.AgentRecord, TestContext.Current.CancellationToken);
        await rig.Table.CommitAsync([Documents.Write(Keys.Agent(MonitorRig.Home), stored! with { Value = change(stored.Value) }, CoreJson.Default.AgentRecord)], TestContext.Current.CancellationToken);
    }
}
