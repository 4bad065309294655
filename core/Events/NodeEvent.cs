using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>A fact with its node, its time (fixed when it is made) and its place: numbered without gaps within an agent's epoch.</summary>
/// <param name="Node">Null for what concerns the agent as a whole.</param>
/// <param name="At">By the agent's clock.</param>
public sealed record NodeEvent(long Epoch, long N, NodeName? Node, DateTimeOffset At, NodeFact Fact)
{
    [JsonIgnore]
    public EventPosition Position => new(Epoch, N);
}
