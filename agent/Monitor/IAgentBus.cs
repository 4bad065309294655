using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The agent's two queues: its reports go out, the monitor's orders and acks come in. What the bus does is a value, never an exception.</summary>
internal interface IAgentBus : IAsyncDisposable
{
    BusState State { get; }

    /// <summary>Returns within the bus's own deadline, connected or not.</summary>
    Task<BusSend> SendAsync(BusMessage report, CancellationToken cancellation);

    /// <summary>The next message, one at a time, for as long as it takes.</summary>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    Task<MonitorMessage> ReceiveAsync(CancellationToken cancellation);
}
