using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What became of an alert over one channel.</summary>
public enum AlertStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>The channel took it.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>The channel will never take it.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
