using System.Text.Json.Serialization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Something that was stored to be sent: an alert that is to be routed, an alert over one channel, or an order. It ends only when its delivery or
/// outcome is recorded. Settable, so that what a stored text leaves out keeps its default.
/// </summary>
internal sealed record OutboxItem
{
    /// <summary>Null for an order.</summary>
    public Alert? Alert { get; set; }

    /// <summary>Null for an order, and for an alert that is still to be routed.</summary>
    public string? Channel { get; set; }

    /// <summary>The order's id; null for an alert.</summary>
    public string? Order { get; set; }

    /// <summary>An order: put on the bus so often, stored before each send. An alert over a channel: claimed so often, to be sent.</summary>
    public int Attempt { get; set; }

    /// <summary>An alert: it was put off, to let another come first.</summary>
    public bool PutOff { get; set; }

    /// <summary>When its channels were decided; null for an order, and before.</summary>
    public DateTimeOffset? RoutedAt { get; set; }

    /// <summary>The channel that refused it, or did not take it in time; null where this is not the fallback.</summary>
    public string? EscalatedFrom { get; set; }

    /// <summary>The message in which it was tried: with whatever else is of that message it is tried again, under the same key.</summary>
    public string? Message { get; set; }

    /// <summary>When that message was made.</summary>
    public DateTimeOffset? MessageAt { get; set; }

    /// <summary>Who sends it at this moment; null when nobody does.</summary>
    public string? ClaimedBy { get; set; }

    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>Claims that ran out: each may have sent it without living to say so.</summary>
    public int LostClaims { get; set; }

    /// <summary>Why the last try did not deliver it.</summary>
    public string? Trouble { get; set; }

    /// <summary>The span that stored it, as a W3C traceparent: what becomes of it belongs to the same trace. Null where none was recorded.</summary>
    public string? Trace { get; set; }

    [JsonIgnore]
    public string MessageId => $"{Order}:{Attempt}";
}
