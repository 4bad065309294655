using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The end of one alert over one channel.</summary>
internal sealed record DeliveryRecord
{
    /// <summary>Stands in a channel's place.</summary>
    public const string NoChannel = "-";

    public required Alert Alert { get; set; }

    /// <summary><see cref="NoChannel"/> for what was hidden.</summary>
    public required string Channel { get; set; }

    /// <summary>When the channel took it, or refused it for good, or it was hidden; by the monitor's clock.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>What the channel gave as proof; null when it refused.</summary>
    public string? Receipt { get; set; }

    /// <summary>Why it was refused for good; null when it was delivered.</summary>
    public string? Refused { get; set; }

    /// <summary>What hid it: it was not sent. Null when it was tried.</summary>
    public string? Hidden { get; set; }

    /// <summary>The channel that it was tried over before; null where this is not the fallback.</summary>
    public string? EscalatedFrom { get; set; }

    /// <summary>The message it went out with; null when it was tried in none.</summary>
    public string? Message { get; set; }

    public int Attempts { get; set; }

    /// <summary>So many times it may have been sent without a record: each could be a duplicate.</summary>
    public int LostClaims { get; set; }
}
