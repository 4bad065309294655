using System.Text.Json.Serialization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One line of the journal. The file is the agent's only memory across its own death.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "record")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Intent), "intent")]
[JsonDerivedType(typeof(Spawned), "spawned")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(Running), "running")]
[JsonDerivedType(typeof(Available), "available")]
[JsonDerivedType(typeof(Breaker), "breaker")]
[JsonDerivedType(typeof(Climbing), "climbing")]
[JsonDerivedType(typeof(OrderTaken), "order_taken")]
[JsonDerivedType(typeof(OrderEnded), "order_ended")]
[JsonDerivedType(typeof(MonitorSilent), "monitor_silent")]
[JsonDerivedType(typeof(MonitorHeard), "monitor_heard")]
internal abstract record JournalRecord
{
    private JournalRecord()
    {
    }

    /// <param name="Epoch">Rises by one each time a journal is lost or damaged beyond its last line.</param>
    public sealed record Created(long Epoch, DateTimeOffset At) : JournalRecord
    {
        /// <summary>Rises by one each time an agent opens the journal: observations and reports are numbered within it.</summary>
        public long Life { get; init; }

        /// <summary>From when on nothing is missing; null in a journal from before this was written.</summary>
        public DateTimeOffset? Since { get; init; }

        /// <summary>Unix seconds: orders that expired before this may have been forgotten; null while none was.</summary>
        public long? ForgottenUntil { get; init; }
    }

    /// <summary>Before the spawn: a child with this marker may exist from here on.</summary>
    public sealed record Intent(NodeName Node, string Marker) : JournalRecord;

    public sealed record Spawned(NodeName Node, ProcessIdentity Identity) : JournalRecord;

    public sealed record Ended(NodeName Node) : JournalRecord;

    /// <summary>Desired state: an operator stopped it.</summary>
    public sealed record Stopped(NodeName Node, string By, DateTimeOffset At) : JournalRecord;

    /// <summary>Desired state: it shall run.</summary>
    public sealed record Running(NodeName Node) : JournalRecord;

    public sealed record Available(NodeName Node, bool Value) : JournalRecord;

    /// <param name="Until">Null when the breaker closed.</param>
    public sealed record Breaker(NodeName Node, int Openings, DateTimeOffset? Until) : JournalRecord
    {
        /// <summary>When it opened; null in a journal from before this was written.</summary>
        public DateTimeOffset? Since { get; init; }

        public string? Why { get; init; }
    }

    /// <param name="View">A stop or restart as far as it has come; null when it is over and told.</param>
    public sealed record Climbing(NodeName Node, LadderView? View) : JournalRecord;

    /// <summary>Before an order of the monitor is carried out: it is never taken a second time.</summary>
    /// <param name="Order">Its id.</param>
    /// <param name="ExpiresAt">Unix seconds.</param>
    /// <param name="Identity">The life it named; null when it named none.</param>
    public sealed record OrderTaken(string Order, long ExpiresAt, OrderVerb Verb, NodeName? Node, ProcessIdentity? Identity) : JournalRecord;

    /// <summary>Its outcome is among the events.</summary>
    public sealed record OrderEnded(string Order) : JournalRecord;

    /// <summary>The webhook was told that the monitor is silent, and not yet that it is heard again.</summary>
    /// <param name="Monitor">Its address.</param>
    /// <param name="ToldAt">The last time.</param>
    public sealed record MonitorSilent(string Monitor, DateTimeOffset Since, DateTimeOffset ToldAt) : JournalRecord;

    /// <summary>The silence is over, and that was told or is not to be told.</summary>
    public sealed record MonitorHeard : JournalRecord;
}
