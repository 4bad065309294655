using System.Text.Json;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The agent's session over the real client and the real broker, with the agent's own rights.</summary>
public sealed class SessionOverTheBrokerTests
{
    private static readonly NodeName Host = NodeName.Parse("host1");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reports_go_out_acks_and_orders_come_in_and_a_broker_that_was_away_gets_everything(bool keyEach)
    {
        var deadline = TestDeadline.Of(20);
        await using var broker = await BrokerUnderTest.StartAsync();
        await broker.DeclareAsync(Names.ReportsQueue);
        await broker.DeclareAsync(Names.CommandsQueue("host1"));
        await using var agent = new EnrolledAgent(time: TimeProvider.System, name: Host);
        agent.BusText = $"Endpoint=sb://127.0.0.1:{broker.Port}/;SharedAccessKeyName=agent:host1;SharedAccessKey={BrokerUnderTest.AgentKey};UseDevelopmentEmulator=true";
        agent.CommandsBusText = keyEach ? $"{agent.BusText};EntityPath={Names.CommandsQueue("host1")}" : null;
        agent.BusText += keyEach ? $";EntityPath={Names.ReportsQueue}" : "";
        var bus = new AgentBus(agent.Enrolled, TimeProvider.System);
        agent.Begin(bus);
        await using var reports = broker.Connect().OpenReceiver(Names.ReportsQueue, 1);
        Assert.Empty((await NextAsync(agent, reports, deadline)).Events);

        agent.Happens(new NodeFact.Spawned(1));
        Assert.Equal([1], (await NextAsync(agent, reports, deadline)).Events.Select(e => e.N));
        Assert.True(agent.Status.Connected);

        await broker.StopAsync();
        agent.Happens(new NodeFact.Spawned(2));
        await broker.StartAgainAsync();
        var report = await NextAsync(agent, reports, deadline);
        while (report.Events.Length < 2)
        {
            report = await NextAsync(agent, reports, deadline);
        }

        var order = agent.Order();
        await SendAsync(broker, agent.Signed(new EventPosition(report.Epoch, 2)), deadline);
        await SendAsync(broker, agent.Signed(order), deadline);
        try
        {
            await TestDeadline.UntilAsync(() => agent.Spool.Pending == 0 && agent.Carried.Count == 1, deadline);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{agent.Spool.Pending} events pending, {agent.Carried.Count} orders carried out; refused: {string.Join("; ", agent.Refused())}; {agent.Status}\n{agent.Log}\n{string.Join('\n', broker.Log.Lines)}");
        }

        Assert.Equal(order, agent.Carried.Single());
    }

    private static async Task SendAsync(BrokerUnderTest broker, byte[] body, CancellationToken cancellation) => Assert.IsType<BusSend.Accepted>(
        await broker.Connect().SendAsync(Names.CommandsQueue("host1"), new BusMessage { MessageId = $"{Guid.NewGuid()}", Body = body }, cancellation));

    private static async Task<Report> NextAsync(EnrolledAgent agent, BusReceiver reports, CancellationToken cancellation)
    {
        var delivery = await reports.ReceiveAsync(cancellation);
        Assert.True(await delivery.CompleteAsync());
        var valid = Assert.IsType<JwsResult.Valid>(Jws.Verify(delivery.Body.Span, JwsType.Report, [agent.Key.PublicKey]));
        return JsonSerializer.Deserialize(valid.Payload.Span, CoreJson.Default.Report)!;
    }
}
