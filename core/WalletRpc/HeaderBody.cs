using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>The wire form of a block's header, as far as it is used.</summary>
internal sealed record HeaderBody
{
    /// <summary>In seconds since 1970; 0 in the first block, and in the empty header of a daemon that is not ready.</summary>
    [JsonConverter(typeof(LooseWhole))]
    public long? Timestamp { get; init; }
}
