using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The end of one alert over one channel.</summary>
internal sealed record DeliveryRecord
{
    public required Alert Alert { get; set; }

    public required string Channel { get; set; }

    /// <summary>When the channel took it, or refused it for good; by the monitor's clock.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>What the channel gave as proof; null when it refused.</summary>
    public string? Receipt { get; set; }

    /// <summary>Why it was refused for good; null when it was delivered.</summary>
    public string? Refused { get; set; }

    public int Attempts { get; set; }

    /// <summary>So many times it may have been sent without a record: each could be a duplicate.</summary>
    public int LostClaims { get; set; }
}
