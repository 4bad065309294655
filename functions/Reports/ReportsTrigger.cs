using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// <c>reports</c>: verify, fold, store, ack. A refused message is counted and done with; while the store is away it keeps trying inside the
/// invocation, since the platform would deliver the message again at once.
/// </summary>
internal sealed partial class ReportsTrigger(Monitor monitor, Dispatcher dispatcher) : ITrigger
{
    private static readonly TimeSpan AckEvery = TimeSpan.FromSeconds(60);
    private readonly ILogger _log = monitor.Logs.CreateLogger<ReportsTrigger>();

    public string Name => "reports";

    public Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation) =>
        call is TriggerCall.Bus bus
            ? Patience.TryAsync(monitor.Time, () => TakeAsync(bus, cancellation), cancellation)
            : throw new InvalidOperationException("reports come from the bus");

    private async Task<TriggerResult> TakeAsync(TriggerCall.Bus message, CancellationToken cancellation)
    {
        switch (await new ReportReader(monitor.Table).ReadAsync(message.Body, cancellation))
        {
            case ReportReading.Refused refused:
                await Refusals.CountAsync(monitor, Names.ReportsQueue, refused.Kind, cancellation);
                return new TriggerResult.Refused(refused.Reason);
            case ReportReading.Good good:
                return await StoreAsync(good, ReportArrival.Of(good.Report, message.EnqueuedAt, monitor.Now), cancellation);
            default:
                throw new InvalidOperationException("a report is either good or refused");
        }
    }

    private async Task<TriggerResult> StoreAsync(ReportReading.Good good, ReportArrival arrival, CancellationToken cancellation)
    {
        var (report, agent) = (good.Report, good.Agent.Value);
        if (report.Epoch < agent.Epoch)
        {
            // Its journal was lost: the ack makes it begin an epoch of its own above ours.
            await AckAsync(agent, cancellation);
            await Refusals.CountAsync(monitor, Names.ReportsQueue, "older epoch", cancellation);
            return new TriggerResult.Refused($"agent {agent.Name}: epoch {report.Epoch} is older than {agent.Epoch}");
        }

        var due = new List<RowChange>();
        void Stored(IReadOnlyList<RowChange> rows)
        {
            lock (due)
            {
                due.AddRange(rows);
            }
        }

        if (!await new ReportWriter(monitor).WriteAsync(report, arrival.ToldAt, name => report.Place.IsAfter(agent.Place()) || agent.Names.Contains(name), Stored, cancellation)
            || await new AgentWriter(monitor).WriteAsync(report, arrival, Stored, cancellation) is not { } next)
        {
            await dispatcher.DispatchAsync(due, cancellation);
            return new TriggerResult.Failed($"agent {agent.Name}: report {report.Epoch}.{report.Number} lost its races");
        }

        await dispatcher.DispatchAsync(due, cancellation);

        if (NamesChanged(agent, next))
        {
            await Summaries.RecountAsync(monitor.Table, next.Names.Union(agent.Names).Select(n => Keys.Node(new NodeId(next.Name, n)).Shard), cancellation);
        }

        if (report.More || report.Events.Length > 0 || monitor.Now - (agent.AckedAt ?? default) >= AckEvery)
        {
            await AckAsync(next, cancellation);
        }

        return TriggerResult.Done.Instance;
    }

    private static bool NamesChanged(AgentRecord before, AgentRecord after) => !before.Names.AsSpan().SequenceEqual(after.Names.AsSpan());

    /// <summary>Lost acks do no harm: the next report carries again what was not acked.</summary>
    private async Task AckAsync(AgentRecord agent, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var ack = new Ack { Audience = agent.Name, IssuedAt = now.ToUnixTimeSeconds(), Epoch = Math.Max(agent.Epoch, agent.Stored.Epoch), N = agent.Stored.Epoch == agent.Epoch ? agent.Stored.N : 0 };
        var sent = await monitor.Bus.SendAsync(
            Names.CommandsQueue(agent.Name.ToString()),
            new BusMessage
            {
                MessageId = $"ack:{ack.Epoch}.{ack.N}:{now.UtcTicks}",
                Body = monitor.Keys.Sign(JwsType.Ack, JsonSerializer.SerializeToUtf8Bytes(ack, CoreJson.Default.Ack)),
                TimeToLive = TimeSpan.FromMinutes(10),
            },
            cancellation);
        if (sent is BusSend.Accepted)
        {
            await AgentMarks.AckedAsync(monitor.Table, agent.Name, now, cancellation);
        }
        else
        {
            Log.NoAck(_log, agent.Name, sent);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the ack for agent {Agent} did not go out: {Result}")]
        public static partial void NoAck(ILogger log, NodeName agent, BusSend result);
    }
}
