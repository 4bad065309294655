namespace MoneroCloud.Core;

/// <summary>
/// What is known of the bus across all connections to it: who was told what, so that one trouble is one line however often it is met, and until
/// when the bus wants to be left alone.
/// </summary>
internal sealed class BusStanding(TimeProvider time, Action<BusNotice> tell)
{
    private const int MostTold = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Subject, string Condition), DateTimeOffset> _told = [];
    private DateTimeOffset _busyUntil;

    /// <summary>How long nothing should be sent.</summary>
    public TimeSpan Busy
    {
        get
        {
            lock (_lock)
            {
                var left = _busyUntil - time.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Kept of what was told: bounded, whatever a bus says.</summary>
    public int Remembered
    {
        get
        {
            lock (_lock)
            {
                return _told.Count;
            }
        }
    }

    /// <summary>To be called at once; what is told of it may come later.</summary>
    public void Heard(BusFault fault)
    {
        if (fault.Condition == BusRules.ServerBusy)
        {
            lock (_lock)
            {
                _busyUntil = time.GetUtcNow() + BusRules.BusyWait;
            }
        }
    }

    /// <summary>Of something that lasts, until <see cref="Works"/>; told again where it lasts long.</summary>
    public void Fails(string subject, BusFault fault) => Tell(subject, fault, BusRules.TellAgain);

    /// <summary>Of one message. The bus's texts differ each time, so it is the condition that is told once in a while.</summary>
    public void Refused(string subject, BusFault fault) => Tell(subject, fault, BusRules.TellOfMessages);

    public void Works(string subject)
    {
        lock (_lock)
        {
            var ended = _told.Keys.Where(key => key.Subject == subject).ToArray();
            foreach (var key in ended)
            {
                _told.Remove(key);
            }

            if (ended.Length > 0)
            {
                tell(new BusNotice(false, $"{subject} works again"));
            }
        }
    }

    private void Tell(string subject, BusFault fault, TimeSpan quiet)
    {
        var reaction = BusRules.ReactionTo(fault.Condition);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_told.Count >= MostTold)
            {
                _told.Clear();
            }

            var key = (subject, fault.Condition);
            if (!_told.TryGetValue(key, out var at) || now - at >= quiet)
            {
                _told[key] = now;
                tell(new BusNotice(true, $"{subject}: {fault}: {reaction.Words}"));
            }
        }
    }
}
