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
internal abstract record JournalRecord
{
    private JournalRecord()
    {
    }

    /// <param name="Epoch">Rises by one each time a journal is lost or damaged beyond its last line.</param>
    public sealed record Created(long Epoch, DateTimeOffset At) : JournalRecord;

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
    public sealed record Breaker(NodeName Node, int Openings, DateTimeOffset? Until) : JournalRecord;
}
