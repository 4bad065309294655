using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>Who looks at a node.</summary>
public enum NodeVantage
{
    /// <summary>Its agent, on its host.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,

    /// <summary>The monitor's own probe; there is no agent.</summary>
    [JsonStringEnumMemberName("monitor")]
    Monitor,

    [JsonStringEnumMemberName("both")]
    Both,
}
