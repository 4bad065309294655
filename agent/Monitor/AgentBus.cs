using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The queues on the real bus, over one connection.</summary>
internal sealed class AgentBus : IAgentBus
{
    private readonly string _reports;
    private readonly BusConnection _connection;
    private readonly BusReceiver _commands;

    public AgentBus(Enrolment enrolment, TimeProvider time)
    {
        _reports = enrolment.ReportsQueue;
        _connection = new BusConnection(enrolment.Bus, new BusOptions { ContainerId = $"agent-{enrolment.Agent}-{Guid.NewGuid():N}" }, time);

        // One at a time: an order is journalled before the next one is looked at.
        _commands = _connection.OpenReceiver(enrolment.CommandsQueue, credit: 1);
    }

    public BusState State => _connection.State;

    public Task<BusSend> SendAsync(BusMessage report, CancellationToken cancellation) => _connection.SendAsync(_reports, report, cancellation);

    public async Task<MonitorMessage> ReceiveAsync(CancellationToken cancellation)
    {
        var delivery = await _commands.ReceiveAsync(cancellation);
        return new MonitorMessage(delivery.Body, delivery.CompleteAsync, delivery.AbandonAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
