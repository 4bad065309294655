using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>
/// What all instances share of one channel. Changed by compare-and-set before anything is put onto the bus or sent: a wake-up or a slot that is taken
/// and never used costs time, not a message. Settable, as stored.
/// </summary>
internal sealed record ChannelStanding
{
    /// <summary>Messages that are remembered for a limit; what a limit is at most.</summary>
    public const int MostSent = 600;

    /// <summary>The number of the last wake-up: part of its message's id, so that duplicate detection drops only a repeat of the same.</summary>
    public long Wake { get; set; }

    /// <summary>When that was; null when none is out.</summary>
    public DateTimeOffset? WokenAt { get; set; }

    /// <summary>What comes until then goes into the next message.</summary>
    public DateTimeOffset FlushAt { get; set; }

    /// <summary>Windows that each began soon after the one before.</summary>
    public int InARow { get; set; }

    /// <summary>When the last message was taken by the channel, or when it was first looked at; null before.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Alerts that it took, ever. At least: what a killed process had just sent may be missing.</summary>
    public long Delivered { get; set; }

    /// <summary>Alerts that it refused for good, ever; at least, as <see cref="Delivered"/>.</summary>
    public long Refused { get; set; }

    /// <summary>When messages were sent within the last minute, oldest first; kept only where there is a limit.</summary>
    public ImmutableArray<DateTimeOffset> Sent { get; set; } = [];
}
