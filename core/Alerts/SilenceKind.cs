using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>Why alerts are silenced.</summary>
public enum SilenceKind
{
    [JsonStringEnumMemberName("silence")]
    Silence,

    /// <summary>A node or an agent is being worked on.</summary>
    [JsonStringEnumMemberName("maintenance")]
    Maintenance,
}
