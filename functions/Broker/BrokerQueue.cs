using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Functions;

/// <summary>
/// One queue's state in memory; each change is also written to the store's open transaction. Owned by the broker's loop. A message's
/// place is its sequence number's, so what comes back is delivered before what came after it.
/// </summary>
internal sealed class BrokerQueue
{
    public const string Expired = "TTLExpiredException";
    public const string TooManyDeliveries = "MaxDeliveryCountExceeded";

    private static readonly Comparer<QueueEntry> BySequence = Comparer<QueueEntry>.Create(static (left, right) => left.Sequence.CompareTo(right.Sequence));

    private readonly SortedSet<QueueEntry> _ready = new(BySequence);
    private readonly Dictionary<Guid, QueueLock> _locks = [];
    private readonly BrokerStore _store;
    private readonly PayloadCache _cache;
    private readonly TimeProvider _time;
    private readonly DuplicateWindow _seen;
    private readonly BrokerQueue? _deadLetters;
    private readonly long _id;
    private long _bytes;
    private int _expiring;

    /// <param name="deadLetters">Null for a queue of dead letters: there, nothing expires and nothing is given up.</param>
    public BrokerQueue(string name, QueueSettings settings, BrokerQueue? deadLetters, BrokerStore store, PayloadCache cache, TimeProvider time)
    {
        Name = name;
        Settings = settings;
        _deadLetters = deadLetters;
        _store = store;
        _cache = cache;
        _time = time;
        _id = store.QueueId(name);
        _seen = new DuplicateWindow(store, _id, settings.DuplicateWindow);
    }

    public string Name { get; }

    public QueueSettings Settings { get; set; }

    /// <summary>Those in somebody's hands included.</summary>
    public int Count => _ready.Count + _locks.Count;

    public bool HasReady => _ready.Count > 0;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Load(Dictionary<long, List<QueueEntry>> stored)
    {
        foreach (var entry in stored.GetValueOrDefault(_id, []))
        {
            Insert(entry);
        }

        _seen.Load();
    }

    public bool HasRoomFor(int messages, long bytes) => Count + messages <= Settings.MostMessages && _bytes + bytes <= Settings.MostBytes;

    /// <summary>Takes a message for which there is room; it is dropped when its id was seen within the window.</summary>
    public void Add(string? messageId, TimeSpan? timeToLive, byte[] payload)
    {
        var now = Now;
        if (messageId is not null && !_seen.TryAdd(messageId, now))
        {
            return;
        }

        var most = Settings.TimeToLive ?? TimeSpan.MaxValue;
        var lives = timeToLive is { } asked && asked < most ? asked : most;
        long? expires = lives == TimeSpan.MaxValue ? null : now + (long)lives.TotalMilliseconds;
        var entry = new QueueEntry(_store.Insert(_id, messageId, now, expires, payload), now, expires, payload.Length);
        _cache.Keep(entry, payload);
        Insert(entry);
    }

    /// <summary>Hands out the next message.</summary>
    public bool TryTake(object holder, out Guid lockToken, [NotNullWhen(true)] out QueueEntry? entry)
    {
        while (_ready.Min is { } next)
        {
            Remove(next);
            if (!GaveUp(next))
            {
                next.Deliveries++;
                _store.SetDeliveries(next.Sequence, next.Deliveries);
                lockToken = Guid.NewGuid();
                _locks.Add(lockToken, new QueueLock(next, holder, LockEnd()));
                _bytes += next.Size;
                entry = next;
                return true;
            }
        }

        (lockToken, entry) = (Guid.Empty, null);
        return false;
    }

    public byte[] PayloadOf(QueueEntry entry) => entry.Payload ?? _store.Payload(entry.Sequence);

    /// <summary>Done. False when the lock is lost; so too below.</summary>
    public bool Complete(Guid lockToken)
    {
        if (Unlock(lockToken) is not { } entry)
        {
            return false;
        }

        Delete(entry);
        return true;
    }

    /// <summary>Not done: it comes again at once, and the delivery counts.</summary>
    public bool Abandon(Guid lockToken) => Unlock(lockToken) is { } entry && Return(entry);

    /// <summary>Not looked at: it comes again at once, and the delivery does not count.</summary>
    public bool Release(Guid lockToken)
    {
        if (Unlock(lockToken) is not { } entry)
        {
            return false;
        }

        entry.Deliveries--;
        _store.SetDeliveries(entry.Sequence, entry.Deliveries);
        return Return(entry);
    }

    public bool DeadLetter(Guid lockToken, string reason, string description)
    {
        if (Unlock(lockToken) is not { } entry)
        {
            return false;
        }

        MoveToDeadLetters(entry, reason, description);
        return true;
    }

    /// <returns>Until when it is locked now; null when the lock is lost.</returns>
    public DateTimeOffset? Renew(Guid lockToken)
    {
        if (!_locks.TryGetValue(lockToken, out var held) || held.Until <= _time.GetTimestamp())
        {
            return null;
        }

        _locks[lockToken] = held with { Until = LockEnd() };
        return _time.GetUtcNow() + Settings.LockDuration;
    }

    /// <summary>The receiver is gone: what it held comes again at once.</summary>
    public void ReturnAllOf(object holder) => ReturnWhere(held => ReferenceEquals(held.Holder, holder));

    /// <summary>Ends what has run out: locks, messages, ids.</summary>
    public void Sweep()
    {
        var now = _time.GetTimestamp();
        ReturnWhere(held => held.Until <= now);
        _seen.Forget(Now);
        if (_expiring > 0)
        {
            var unix = Now;
            foreach (var entry in _ready.Where(entry => entry.Expires <= unix).ToArray())
            {
                Remove(entry);
                GaveUp(entry);
            }
        }
    }

    private long LockEnd() => _time.GetTimestamp() + (long)(Settings.LockDuration.TotalSeconds * _time.TimestampFrequency);

    private void ReturnWhere(Func<QueueLock, bool> ended)
    {
        foreach (var (token, held) in _locks.Where(pair => ended(pair.Value)).ToArray())
        {
            _locks.Remove(token);
            _bytes -= held.Entry.Size;
            Return(held.Entry);
        }
    }

    private QueueEntry? Unlock(Guid lockToken)
    {
        if (!_locks.TryGetValue(lockToken, out var held) || held.Until <= _time.GetTimestamp())
        {
            return null;
        }

        _locks.Remove(lockToken);
        _bytes -= held.Entry.Size;
        return held.Entry;
    }

    private bool Return(QueueEntry entry)
    {
        if (!GaveUp(entry))
        {
            Insert(entry);
        }

        return true;
    }

    // An entry that is in no list: true when it has found its end.
    private bool GaveUp(QueueEntry entry)
    {
        if (_deadLetters is null)
        {
            return false;
        }

        if (entry.Expires <= Now)
        {
            if (Settings.DeadLetterExpired)
            {
                MoveToDeadLetters(entry, Expired, "The message expired before it was completed.");
            }
            else
            {
                Delete(entry);
            }

            return true;
        }

        if (entry.Deliveries >= Settings.MaxDeliveryCount)
        {
            MoveToDeadLetters(entry, TooManyDeliveries, $"The message was delivered {entry.Deliveries} times and never completed.");
            return true;
        }

        return false;
    }

    private void MoveToDeadLetters(QueueEntry entry, string reason, string description)
    {
        if (_deadLetters is null)
        {
            Insert(entry);
            return;
        }

        _deadLetters.Take(entry, reason, description);
    }

    private void Take(QueueEntry entry, string reason, string description)
    {
        // The oldest make room: a bound that refused would keep the message in its queue for ever.
        while (Count >= Settings.MostMessages && _ready.Min is { } oldest)
        {
            Remove(oldest);
            Delete(oldest);
        }

        _store.Move(entry.Sequence, _id, reason, description);
        (entry.Expires, entry.Deliveries, entry.Reason, entry.Description) = (null, 0, reason, description);
        Insert(entry);
    }

    private void Delete(QueueEntry entry)
    {
        _store.Delete(entry.Sequence);
        _cache.Drop(entry);
    }

    private void Insert(QueueEntry entry)
    {
        _ready.Add(entry);
        _bytes += entry.Size;
        _expiring += entry.Expires is null ? 0 : 1;
    }

    private void Remove(QueueEntry entry)
    {
        _ready.Remove(entry);
        _bytes -= entry.Size;
        _expiring -= entry.Expires is null ? 0 : 1;
    }
}
