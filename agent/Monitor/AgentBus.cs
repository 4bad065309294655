using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The queues on the real bus: over one connection, or over two where each queue has a key of its own.</summary>
internal sealed class AgentBus : IAgentBus
{
    private readonly string _queue;
    private readonly BusConnection _reports;
    private readonly BusConnection _orders;
    private readonly BusReceiver _commands;

    /// <param name="enrolment">Whose bus, queues and rights.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Told what is worth a line in the log.</param>
    public AgentBus(Enrolment enrolment, TimeProvider time, Action<BusNotice>? tell = null)
    {
        var container = $"agent-{enrolment.Agent}-{Guid.NewGuid():N}";
        _queue = enrolment.ReportsQueue;
        _reports = new BusConnection(enrolment.ReportsBus, new BusOptions { ContainerId = container }, time);
        _orders = enrolment.CommandsBus == enrolment.ReportsBus
            ? _reports
            : new BusConnection(enrolment.CommandsBus, new BusOptions { ContainerId = container + "-commands" }, time);

        _reports.Told += tell;
        if (!ReferenceEquals(_orders, _reports))
        {
            _orders.Told += tell;
        }

        // One at a time: an order is journalled before the next one is looked at.
        _commands = _orders.OpenReceiver(enrolment.CommandsQueue, credit: 1);
    }

    public BusState State => _reports.State is BusState.Disconnected away ? away : _orders.State;

    public Task<BusSend> SendAsync(BusMessage report, CancellationToken cancellation) => _reports.SendAsync(_queue, report, cancellation);

    public async Task<MonitorMessage> ReceiveAsync(CancellationToken cancellation)
    {
        var delivery = await _commands.ReceiveAsync(cancellation);
        return new MonitorMessage(delivery.Body, delivery.CompleteAsync, delivery.AbandonAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        if (!ReferenceEquals(_orders, _reports))
        {
            await _orders.DisposeAsync();
        }

        await _reports.DisposeAsync();
    }
}
