namespace MoneroCloud.Agent;

/// <summary>
/// Gives the event list the spool that belongs to an enrolment. What happened before the agent was enrolled is not told: an enrolment
/// begins an epoch of its own, so that a monitor always gets numbers without gaps. Under a new key with the same monitor, what it has not
/// got goes on; another monitor begins with nothing.
/// </summary>
internal static class SpoolAttachment
{
    private const string Folder = "spool";

    /// <param name="context">The state folder, the journal and the event list.</param>
    /// <param name="enrolment">Null when there is none: nothing is kept then.</param>
    public static EventSpool? Attach(MonitorContext context, Enrolment? enrolment)
    {
        var folder = Path.Combine(context.StateFolder, Folder);
        if (enrolment is null)
        {
            context.Events.Attach(null);
            SpoolFolder.Remove(folder);
            return null;
        }

        var limit = context.Config().Monitor.SpoolLimit;
        var monitor = enrolment.Monitor.AbsoluteUri;
        var key = enrolment.Key.Thumbprint;
        var spool = EventSpool.TryOpen(folder, limit, monitor);
        return spool is null ? Begin(context, folder, limit, monitor, key) : GoOn(context, spool, key);
    }

    private static EventSpool Begin(MonitorContext context, string folder, long limit, string monitor, string key)
    {
        // Whatever was kept was for another monitor.
        context.Events.Attach(null);
        var position = context.Events.Position;
        if (position.N > 0)
        {
            context.BeginEpoch(position.Epoch + 1);
        }

        var spool = EventSpool.Make(folder, limit, new SpoolPosition(context.Journal.Epoch, 0, monitor, key));
        context.Events.Attach(spool);
        return spool;
    }

    private static EventSpool GoOn(MonitorContext context, EventSpool spool, string key)
    {
        // The spool of an agent whose journal is lost: reports and observations are numbered from the beginning again, and in the same epoch the
        // monitor would take all of them for old.
        var isForgotten = context.Journal.Life == 1 && !context.Events.HadSpool;
        context.Events.Attach(spool);
        if (isForgotten || spool.Position.Key != key || spool.Stored.Epoch != context.Journal.Epoch)
        {
            context.BeginEpoch(Math.Max(spool.Stored.Epoch, context.Journal.Epoch) + 1);
            spool.Rekey(key);
        }

        return spool;
    }
}
