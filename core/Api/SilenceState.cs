using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

public enum SilenceState
{
    /// <summary>It hides what it matches.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>It has not begun.</summary>
    [JsonStringEnumMemberName("future")]
    Future,

    [JsonStringEnumMemberName("ended")]
    Ended,
}
