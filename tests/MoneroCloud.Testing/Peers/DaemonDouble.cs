using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Testing;

/// <summary>
/// A monerod that answers as told, by method: for heights, networks and nonsense that no real one shows in a test. Its answers begin as a real
/// monerod 0.18.0.0 gave them; an end-to-end test holds it to the real one's.
/// </summary>
public sealed class DaemonDouble
{
    public const string VersionJson = """{"id":"0","jsonrpc":"2.0","result":{"release":false,"status":"OK","untrusted":false,"version":196618}}""";

    private const string InfoJson =
        """
        {"adjusted_time":1795666312,"alt_blocks_count":0,"block_size_limit":600000,"block_size_median":300000,"block_weight_limit":600000,
        "block_weight_median":300000,"bootstrap_daemon_address":"","busy_syncing":false,"credits":0,"cumulative_difficulty":6,
        "cumulative_difficulty_top64":0,"database_size":180224,"difficulty":1,"difficulty_top64":0,"free_space":82399657984,"grey_peerlist_size":0,
        "height":6,"height_without_bootstrap":6,"incoming_connections_count":1,"mainnet":false,"nettype":"fakechain","offline":false,
        "outgoing_connections_count":0,"restricted":false,"rpc_connections_count":1,"stagenet":false,"start_time":1795665636,"status":"OK",
        "synchronized":true,"target":120,"target_height":0,"testnet":false,
        "top_block_hash":"7d754083c9690a94deb61d2e8f51a92259b523396ed137fa5590c46639afa571","top_hash":"","tx_count":0,"tx_pool_size":0,
        "untrusted":false,"update_available":false,"version":"0.18.0.0-unknown","was_bootstrap_ever_used":false,"white_peerlist_size":0,
        "wide_cumulative_difficulty":"0x6","wide_difficulty":"0x1"}
        """;

    private const string HeaderJson =
        """
        {"block_header":{"block_size":85,"block_weight":85,"cumulative_difficulty":6,"cumulative_difficulty_top64":0,"depth":0,"difficulty":1,
        "difficulty_top64":0,"hash":"7d754083c9690a94deb61d2e8f51a92259b523396ed137fa5590c46639afa571","height":5,"long_term_weight":176470,
        "major_version":16,"miner_tx_hash":"66c9f78fdca3c044bc11f94cc6031247ba97db7a1b8e6f3b3be8ab6696653e88","minor_version":16,"nonce":0,
        "num_txes":0,"orphan_status":false,"pow_hash":"","prev_hash":"e8f74aad30093725efc00f1fb6c5445ace9dffbe7c154ae303d1a408e69f4a6f",
        "reward":35184070099967,"timestamp":1795665660,"wide_cumulative_difficulty":"0x6","wide_difficulty":"0x1"},"credits":0,"status":"OK",
        "top_hash":"","untrusted":false}
        """;

    /// <summary>The result of <c>get_info</c>; change what the test is about.</summary>
    public JsonObject Info { get; } = JsonNode.Parse(InfoJson)!.AsObject();

    /// <summary>The result of <c>get_last_block_header</c>.</summary>
    public JsonObject Header { get; } = JsonNode.Parse(HeaderJson)!.AsObject();

    /// <summary>The whole answer to a method, in place of the usual one.</summary>
    public Dictionary<string, string> Instead { get; } = [];

    /// <summary>The hash at a height; another one makes another chain.</summary>
    public Func<long, string> HashAt { get; set; } = height => Hash('a', height);

    /// <summary>Plays it for as many connections as there are.</summary>
    public PeerScript Script => async (connection, cancellation) =>
    {
        while (true)
        {
            var request = await connection.ReadRequestAsync(cancellation);
            await connection.SendAsync(Play.Answer(Answer(JsonNode.Parse(request.Body)!)), cancellation);
        }
    };

    /// <summary>A hash of a chain that is named by a digit.</summary>
    public static string Hash(char chain, long height) => $"{chain}{height:x15}".PadRight(64, '0');

    /// <summary>A daemon of mainnet with 8 peers at a height, whose last block came then.</summary>
    public static DaemonDouble OnMainnet(long height, DateTimeOffset lastBlock, char chain = 'a')
    {
        var daemon = new DaemonDouble { HashAt = h => Hash(chain, h) };
        (daemon.Info["nettype"], daemon.Info["mainnet"]) = ("mainnet", true);
        daemon.Info["outgoing_connections_count"] = 7;
        daemon.StandAt(height, lastBlock);
        return daemon;
    }

    public void StandAt(long height, DateTimeOffset lastBlock)
    {
        Info["height"] = height;
        Info["top_block_hash"] = HashAt(height - 1);
        Header["block_header"]!["timestamp"] = lastBlock.ToUnixTimeSeconds();
    }

    private string Answer(JsonNode request)
    {
        var method = (string)request["method"]!;
        return Instead.GetValueOrDefault(method) ?? method switch
        {
            "get_version" => VersionJson,
            "get_info" => Result(Info.ToJsonString()),
            "get_last_block_header" => Result(Header.ToJsonString()),
            "on_get_block_hash" => Result(JsonSerializer.Serialize(HashAt((long)request["params"]![0]!))),
            _ => """{"error":{"code":-32601,"message":"Method not found"},"id":"0","jsonrpc":"2.0"}""",
        };
    }

    private static string Result(string result) => $$"""{"id":"0","jsonrpc":"2.0","result":{{result}}}""";
}
