using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

public enum IncidentState
{
    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("resolved")]
    Resolved,
}
