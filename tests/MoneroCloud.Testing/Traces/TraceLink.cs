using System.Text.Json.Serialization;

namespace MoneroCloud.Testing;

/// <summary>A connection to the daemon, by tcp_info.</summary>
/// <param name="Sent">When data was last sent; before the recording it is negative.</param>
/// <param name="Received">When data was last received.</param>
/// <param name="Acked">Bytes acknowledged.</param>
/// <param name="Bytes">Bytes received.</param>
public sealed record TraceLink(long Sent, long Received, ulong Acked, ulong Bytes)
{
    /// <summary>The connection is being made: nobody has taken it yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Connecting { get; init; }
}
