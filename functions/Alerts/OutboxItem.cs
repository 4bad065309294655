using System.Text.Json.Serialization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Something that was stored to be sent: one alert over one channel, or one order. It ends only when its delivery or outcome is recorded.
/// Settable, so that what a stored text leaves out keeps its default.
/// </summary>
internal sealed record OutboxItem
{
    /// <summary>Null for an order.</summary>
    public Alert? Alert { get; set; }

    public string? Channel { get; set; }

    /// <summary>The order's id; null for an alert.</summary>
    public string? Order { get; set; }

    /// <summary>Put on the bus so often. Stored before each send, so that duplicate detection drops only a repeat of the same attempt.</summary>
    public int Attempt { get; set; }

    /// <summary>Who sends it at this moment; null when nobody does.</summary>
    public string? ClaimedBy { get; set; }

    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>Claims that ran out: each may have sent it without living to say so.</summary>
    public int LostClaims { get; set; }

    /// <summary>Why the last try did not deliver it.</summary>
    public string? Trouble { get; set; }

    [JsonIgnore]
    public string MessageId => Order is { } order ? $"{order}:{Attempt}" : $"{Alert!.Id}:{Channel}:{Attempt}";
}
