using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>The wire form of <c>get_info</c>'s result, as far as it is used.</summary>
internal sealed record InfoResult
{
    [JsonConverter(typeof(LooseText))]
    public string? Nettype { get; init; }

    [JsonConverter(typeof(LooseTruth))]
    public bool? Mainnet { get; init; }

    [JsonConverter(typeof(LooseTruth))]
    public bool? Testnet { get; init; }

    [JsonConverter(typeof(LooseTruth))]
    public bool? Stagenet { get; init; }

    [JsonConverter(typeof(LooseWhole))]
    public long? Height { get; init; }

    [JsonConverter(typeof(LooseWhole))]
    public long? HeightWithoutBootstrap { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? TopBlockHash { get; init; }

    [JsonConverter(typeof(LooseWhole))]
    public long? TargetHeight { get; init; }

    [JsonConverter(typeof(LooseWhole))]
    public long? IncomingConnectionsCount { get; init; }

    [JsonConverter(typeof(LooseWhole))]
    public long? OutgoingConnectionsCount { get; init; }

    [JsonConverter(typeof(LooseWhole))]
    public long? StartTime { get; init; }

    [JsonConverter(typeof(LooseTruth))]
    public bool? Synchronized { get; init; }

    [JsonConverter(typeof(LooseTruth))]
    public bool? Offline { get; init; }

    [JsonConverter(typeof(LooseTruth))]
    public bool? Restricted { get; init; }

    /// <summary>The answer is a bootstrap daemon's.</summary>
    [JsonConverter(typeof(LooseTruth))]
    public bool? Untrusted { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Status { get; init; }
}
