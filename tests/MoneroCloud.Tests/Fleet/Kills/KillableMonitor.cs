using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Monitor = MoneroCloud.Functions.Monitor;

namespace MoneroCloud.Tests;

/// <summary>One process of the monitor, with all its objects, for as long as it lives.</summary>
internal sealed class KillableMonitor(KillSwitch kill, Monitor monitor, INotifier notifier, TimeProvider time)
{
    private readonly ReportsTrigger _reports = new(monitor, new Dispatcher(monitor));
    private readonly DeliverTrigger _deliver = new(monitor, [notifier]);
    private readonly SweepTrigger _sweep =
        new(monitor, new Dispatcher(monitor), new DeadLetters(ImmutableDictionary<string, ITrigger>.Empty, null, time, NullLogger<DeadLetters>.Instance), MonitorRig.Quiet(monitor));

    public KillSwitch Kill => kill;

    public OrderPlacing Orders { get; } = new(monitor, new Dispatcher(monitor));

    public Task<TriggerResult> TakeAsync(string queue, BusMessage message, CancellationToken cancellation)
    {
        ITrigger trigger = queue == Names.ReportsQueue ? _reports : _deliver;
        return trigger.InvokeAsync(new TriggerCall.Bus(message.Body, message.MessageId, 1, null), cancellation);
    }

    public Task<TriggerResult> SweepAsync(CancellationToken cancellation) => _sweep.InvokeAsync(new TriggerCall.Timer(false, null), cancellation);
}
