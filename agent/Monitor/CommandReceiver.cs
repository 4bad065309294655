using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The one loop that takes what the monitor sends, one message at a time: acks, and orders, which are journalled before their message is
/// completed and carried out after it.
/// </summary>
/// <param name="learn">Called with the monitor's keys where they are others than those of the enrolment.</param>
internal sealed class CommandReceiver(
    MonitorContext context,
    Enrolment enrolment,
    EventSpool spool,
    IAgentBus bus,
    MonitorStanding standing,
    RefusalTally tally,
    MonitoredAgent agent,
    Action<ImmutableArray<VerifyingKey>> learn)
{
    private const long HighestEpoch = long.MaxValue / 2;
    private const int MostRefused = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>An ack lives for 10 min, and clocks may be 2 min apart.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(12);

    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var message = await bus.ReceiveAsync(cancellation);
            try
            {
                await TakeAsync(message);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not journalled is not taken: it comes again.
                context.Log.Bug("monitor", "journal an order", e);
                await Task.Delay(Pause, context.Clock.Provider, cancellation);
                await message.AbandonAsync();
            }
        }
    }

    private async Task TakeAsync(MonitorMessage message)
    {
        switch (CommandReader.Read(message.Body, enrolment.MonitorKeys))
        {
            case CommandMessage.Acked acked:
                Take(acked.Ack);
                break;
            case CommandMessage.Ordered { Order: var order } when Judge(order) is IntakeVerdict.Refuse refusal:
                Refuse(order, refusal);
                break;
            case CommandMessage.Ordered { Order: var order }:
                context.Journal.Take(new JournalRecord.OrderTaken(order.Id, order.ExpiresAt, order.Verb, order.Node, order.Identity));
                await message.CompleteAsync();
                agent.CarryOut(order);
                return;
            case CommandMessage.Unverifiable unverifiable:
                tally.Add(unverifiable.Reason);
                break;
        }

        await message.CompleteAsync();
    }

    private IntakeVerdict Judge(Order order) =>
        OrderIntake.Judge(order, new IntakeContext(enrolment.Agent, agent.Knows, context.Journal.Orders, context.Journal.Since, context.Clock.Wall));

    private void Refuse(Order order, IntakeVerdict.Refuse refusal)
    {
        if (!refusal.Named && order.Audience != enrolment.Agent)
        {
            tally.Add(refusal.Reason);
            return;
        }

        if (_refused.Count >= MostRefused)
        {
            _refused.Clear();
        }

        if (_refused.Add(order.Id))
        {
            context.Events.Add(refusal.Named ? order.Node : null, context.Clock.Wall, new NodeFact.OrderRefused(refusal.Named ? order.Id : null, refusal.Reason));
        }
    }

    private void Take(Ack ack)
    {
        if (ack.Audience != enrolment.Agent || ack.Epoch is < 0 or > HighestEpoch)
        {
            tally.Add("an ack that is not for this agent");
            return;
        }

        // The monitor knows of more than we do: what was told in our name is lost here, and its numbers must not be used again.
        // That it was told here is what counts: what has happened since must not be taken for what was told then.
        var mine = context.Events.Position;
        var told = standing.Told is var last && last.Epoch == mine.Epoch ? last.N : mine.N;
        if (ack.Epoch > mine.Epoch || (ack.Epoch == mine.Epoch && ack.N > Math.Min(told, mine.N)))
        {
            context.Log.Write("monitor", $"the monitor has events up to {ack.Epoch}.{ack.N}, which are lost here: this is epoch {ack.Epoch + 1}");
            context.BeginEpoch(ack.Epoch + 1);
            context.Bell.Ring();
        }
        else
        {
            spool.Forget(new EventPosition(ack.Epoch, ack.N));
        }

        if (!IsOfNow(ack))
        {
            tally.Add($"an ack of another time than {FreshFor.TotalMinutes:0} min around now, by this host's clock: it is no sign of life of the monitor");
            return;
        }

        standing.Acked();
        LearnKeys(ack);
    }

    /// <summary>
    /// One of another time may have been kept, and sent again by somebody with the key of the bus: what it says of the store was true and stays so, but it shows no living
    /// monitor, and must not take a newer key away.
    /// </summary>
    private bool IsOfNow(Ack ack) => Math.Abs(context.Clock.Wall.ToUnixTimeSeconds() - ack.IssuedAt) <= FreshFor.TotalSeconds;

    /// <summary>Believed since one that is known signed it. What is no key changes nothing.</summary>
    private void LearnKeys(Ack ack)
    {
        var told = ack.MonitorKeys ?? [];
        var keys = told.IsDefault ? [] : told.Select(jwk => VerifyingKey.TryParse(jwk, out var key, out _) ? key : null).OfType<VerifyingKey>().ToImmutableArray();
        if (keys.Length is 1 or Enrolment.MostKeys && keys.Length == told.Length && !keys.SequenceEqual(enrolment.MonitorKeys))
        {
            learn(keys);
        }
    }
}
