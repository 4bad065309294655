using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>All queues with their receivers, for the broker's loop. What it answers is collected, to be said after the commit.</summary>
internal sealed class QueueRoom(BrokerStore store, PayloadCache cache, TimeProvider time)
{
    private readonly Dictionary<string, BrokerQueue> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedList<BrokerConsumer>> _consumers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private Dictionary<long, List<QueueEntry>> _stored = [];

    public void Load() => _stored = store.Load();

    public void Declare(string name, QueueSettings settings)
    {
        var deadLetters = Names.DeadLetterQueue(name);
        if (_queues.TryGetValue(name, out var queue))
        {
            queue.Settings = settings;
            _queues[deadLetters].Settings = settings;
            return;
        }

        var ends = _queues[deadLetters] = new BrokerQueue(deadLetters, settings, null, store, cache, time);
        ends.Load(_stored);
        _queues[name] = queue = new BrokerQueue(name, settings, ends, store, cache, time);
        queue.Load(_stored);
    }

    /// <summary>By name, each with its dead letters.</summary>
    public ImmutableArray<QueueDepth> Depths() =>
    [
        .. _queues.Values
            .Where(q => !q.Name.EndsWith(Names.DeadLetterSuffix, StringComparison.Ordinal))
            .Select(q => new QueueDepth(q.Name, q.Count, _queues[Names.DeadLetterQueue(q.Name)].Count))
            .OrderBy(d => d.Queue, StringComparer.Ordinal),
    ];

    public void Sweep()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Sweep();
            _touched.Add(queue.Name);
        }
    }

    public void Apply(BrokerEvent happened, List<Action> answers)
    {
        switch (happened)
        {
            case BrokerEvent.Arrived arrived:
                Arrive(arrived, answers);
                break;
            case BrokerEvent.Opened { Consumer: var consumer }:
                ConsumersOf(consumer.Queue).AddLast(consumer);
                break;
            case BrokerEvent.Credit credit:
                credit.Consumer.SetLimit(credit.Limit, credit.Drain);
                _touched.Add(credit.Consumer.Queue);
                break;
            case BrokerEvent.Settled settled:
                Settle(settled, answers);
                break;
            case BrokerEvent.Closed { Consumer: var consumer }:
                ConsumersOf(consumer.Queue).Remove(consumer);
                Touch(consumer.Queue)?.ReturnAllOf(consumer);
                break;
            case BrokerEvent.Renewed renewed:
                var until = Array.ConvertAll(renewed.LockTokens, token => Touch(renewed.Queue)?.Renew(token));
                answers.Add(() => renewed.Answer(Array.TrueForAll(until, each => each is not null) ? Array.ConvertAll(until, each => each!.Value) : null));
                break;
        }
    }

    /// <summary>Gives what is ready to those who want it, in turn.</summary>
    public void Dispatch(List<Action> answers)
    {
        // A message that is given up on while one queue is served makes another one's ready.
        foreach (var name in _touched.ToArray())
        {
            Serve(name, answers);
            Serve(Names.DeadLetterQueue(name), answers);
        }

        _touched.Clear();
    }

    private void Serve(string name, List<Action> answers)
    {
        if (!_queues.TryGetValue(name, out var queue) || !_consumers.TryGetValue(name, out var consumers))
        {
            return;
        }

        for (var idle = 0; idle < consumers.Count && queue.HasReady;)
        {
            var consumer = consumers.First!.Value;
            consumers.RemoveFirst();
            consumers.AddLast(consumer);
            idle = consumer.Wants && Deliver(queue, consumer, answers) ? 0 : idle + 1;
        }

        foreach (var consumer in consumers.Where(consumer => consumer.Drains))
        {
            consumer.Drained();
            answers.Add(consumer.Endpoint.CompleteDrain);
        }
    }

    private bool Deliver(BrokerQueue queue, BrokerConsumer consumer, List<Action> answers)
    {
        if (!queue.TryTake(consumer, out var token, out var entry))
        {
            return false;
        }

        var payload = queue.PayloadOf(entry);
        var deliveries = entry.Deliveries;
        var until = time.GetUtcNow() + queue.Settings.LockDuration;
        consumer.Took(token, entry.Size);
        if (consumer.Endpoint.IsSettledOnSend)
        {
            queue.Complete(token);
            consumer.Settled(token);
        }

        answers.Add(() => consumer.Endpoint.Send(entry, deliveries, payload, token, until));
        return true;
    }

    private void Arrive(BrokerEvent.Arrived arrived, List<Action> answers)
    {
        var refusal = Touch(arrived.Queue) switch
        {
            null => new QueueRefusal(BusRules.NotFound, "there is no such queue"),
            var queue when !queue.HasRoomFor(arrived.Messages.Count, arrived.Messages.Sum(message => (long)message.Encoded.Length)) =>
                new QueueRefusal(BusRules.ResourceLimitExceeded, $"the queue {arrived.Queue} is full"),
            var queue => Add(queue, arrived.Messages),
        };
        answers.Add(() => arrived.Answer(refusal));
    }

    private static QueueRefusal? Add(BrokerQueue queue, IReadOnlyList<BrokerMessage> messages)
    {
        foreach (var message in messages)
        {
            TimeSpan? ttl = message.Header is { } header && header.HasField(2) ? TimeSpan.FromMilliseconds(header.Ttl) : null;
            queue.Add(message.Properties?.GetMessageId() is { } given ? $"{given}" : null, ttl, message.Encoded);
        }

        return null;
    }

    private void Settle(BrokerEvent.Settled settled, List<Action> answers)
    {
        var queue = Touch(settled.Consumer.Queue);
        settled.Consumer.Settled(settled.LockToken);
        var held = queue is not null && settled.Settlement switch
        {
            Settlement.Complete => queue.Complete(settled.LockToken),
            Settlement.Abandon => queue.Abandon(settled.LockToken),
            Settlement.Release => queue.Release(settled.LockToken),
            Settlement.DeadLetter dead => queue.DeadLetter(settled.LockToken, dead.Reason, dead.Description),
            _ => false,
        };
        answers.Add(() => settled.Answer(held));
    }

    private BrokerQueue? Touch(string name)
    {
        _touched.Add(name);
        return _queues.GetValueOrDefault(name);
    }

    private LinkedList<BrokerConsumer> ConsumersOf(string name)
    {
        if (!_consumers.TryGetValue(name, out var consumers))
        {
            _consumers.Add(name, consumers = []);
        }

        return consumers;
    }
}
