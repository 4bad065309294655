using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>From where a line of an incident's timeline comes.</summary>
public enum TimelineKind
{
    /// <summary>What became of the incident, or was done about it.</summary>
    [JsonStringEnumMemberName("incident")]
    Incident,

    /// <summary>The subject's health changed.</summary>
    [JsonStringEnumMemberName("state")]
    State,

    /// <summary>Something happened to the subject, as its host told it.</summary>
    [JsonStringEnumMemberName("event")]
    Event,

    /// <summary>The monitor placed an order about it.</summary>
    [JsonStringEnumMemberName("order")]
    Order,

    /// <summary>A channel took or refused an alert, or something hid it.</summary>
    [JsonStringEnumMemberName("alert")]
    Alert,

    /// <summary>An alert is still on its way; the time is when it is tried next.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,
}
