using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>How the fleet and its monitor are, in one word.</summary>
public enum MonitorStatus
{
    [JsonStringEnumMemberName("healthy")]
    Healthy,

    /// <summary>A node failed, or is unknown for over three periods.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,

    /// <summary>The monitor itself does not follow the fleet any more: what it says may be old.</summary>
    [JsonStringEnumMemberName("stale")]
    Stale,
}
