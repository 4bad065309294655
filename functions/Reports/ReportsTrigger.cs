using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// <c>reports</c>: verify, fold, store, ack. A refused message is counted and done with; while the store is away it keeps trying inside the
/// invocation, since the platform would deliver the message again at once.
/// </summary>
internal sealed partial class ReportsTrigger(Monitor monitor, Dispatcher dispatcher) : ITrigger
{
    /// <summary>At the longest: an agent that reports more often hears that often, since it takes silence for the monitor's end.</summary>
    private static readonly TimeSpan AckEvery = TimeSpan.FromSeconds(60);
    private readonly ILogger _log = monitor.Logs.CreateLogger<ReportsTrigger>();

    public string Name => "reports";

    public Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation) =>
        call is TriggerCall.Bus bus
            ? Patience.TryAsync(monitor.Time, () => TakeAsync(bus, cancellation), cancellation)
            : throw new InvalidOperationException("reports come from the bus");

    private async Task<TriggerResult> TakeAsync(TriggerCall.Bus message, CancellationToken cancellation)
    {
        switch (await new ReportReader(monitor.Table, monitor.Now).ReadAsync(message.Body, cancellation))
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

        if (agent.IsRolledBack(report))
        {
            return await BeginEpochAsync(good, cancellation);
        }

        var due = new List<RowChange>();
        void Stored(IReadOnlyList<RowChange> rows)
        {
            lock (due)
            {
                due.AddRange(rows);
            }
        }

        var names = report.Place.IsAfter(agent.Place()) ? report.Names : agent.Names;
        if (await new ReportWriter(monitor).WriteAsync(report, arrival.ToldAt, names.Contains, Stored, cancellation) is not { } told
            || await new AgentWriter(monitor).WriteAsync(told, arrival, Stored, cancellation) is not { } next)
        {
            await dispatcher.DispatchAsync(due, cancellation);
            return new TriggerResult.Failed($"agent {agent.Name}: report {report.Epoch}.{report.Number} lost its races");
        }

        await dispatcher.DispatchAsync(due, cancellation);

        if (NamesChanged(agent, next))
        {
            await Summaries.RecountAsync(monitor.Table, next.Names.Union(agent.Names).Select(n => Keys.Node(new NodeId(next.Name, n)).Shard), cancellation);
        }

        if (report.More || report.Events.Length > 0 || IsAckDue(agent, report, monitor.Now))
        {
            await AckAsync(next, cancellation);
        }

        return TriggerResult.Done.Instance;
    }

    /// <summary>
    /// What it numbers anew must not be taken for known: an ack of an epoch above its own makes it number all that is pending in the one above
    /// that.
    /// </summary>
    private async Task<TriggerResult> BeginEpochAsync(ReportReading.Good good, CancellationToken cancellation)
    {
        var next = good.Agent.Value with { Epoch = good.Agent.Value.Epoch + 1, Report = 0 };
        if (await monitor.Table.CommitAsync([Documents.Write(Keys.Agent(next.Name), good.Agent with { Value = next }, CoreJson.Default.AgentRecord)], cancellation) is not CommitResult.Committed)
        {
            return new TriggerResult.Failed($"agent {next.Name}: its row was changed meanwhile");
        }

        await AckAsync(next, cancellation);
        await Refusals.CountAsync(monitor, Names.ReportsQueue, "journal rolled back", cancellation);
        return new TriggerResult.Refused($"agent {next.Name}: its event {next.Stored} is not the one that is stored: its journal was rolled back, and it is told to begin epoch {next.Epoch + 1}");
    }

    /// <summary>A time to come is that of a clock that was set back since.</summary>
    private static bool IsAckDue(AgentRecord agent, Report report, DateTimeOffset now) =>
        agent.AckedAt is not { } acked || acked > now || now - acked >= AckAfter(report);

    private static TimeSpan AckAfter(Report report) => TimeSpan.FromSeconds(report.PeriodSeconds) is var period && period < AckEvery ? period : AckEvery;

    private static bool NamesChanged(AgentRecord before, AgentRecord after) => !before.Names.AsSpan().SequenceEqual(after.Names.AsSpan());

    /// <summary>Lost acks do no harm: the next report carries again what was not acked.</summary>
    private async Task AckAsync(AgentRecord agent, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var ack = new Ack { Audience = agent.Name, IssuedAt = now.ToUnixTimeSeconds(), Epoch = Math.Max(agent.Epoch, agent.Stored.Epoch), N = agent.Stored.Epoch == agent.Epoch ? agent.Stored.N : 0, MonitorKeys = monitor.Keys.PublicJwks };
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
