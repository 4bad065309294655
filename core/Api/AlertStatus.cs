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

    /// <summary>It was not sent: a silence, an acknowledgement or another's trouble hid it.</summary>
    [JsonStringEnumMemberName("hidden")]
    Hidden,

    /// <summary>Somebody is sending it at this moment.</summary>
    [JsonStringEnumMemberName("claimed")]
    Claimed,

    /// <summary>The channel could not take it: it is tried again.</summary>
    [JsonStringEnumMemberName("deferred")]
    Deferred,
}
