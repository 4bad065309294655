using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.WalletRpc;

/// <summary>What a real monerod says of its chain, with a full and with a restricted RPC; and that the double of the fast tests says it in the same form.</summary>
public sealed class ChainOfRealDaemonsTests
{
    private const string Address = "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWDm";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_rpc_tells_everything()
    {
        await using var daemon = await RealMonerod.StartAsync("--offline");
        using var client = new WalletRpcClient(daemon.Target, TimeProvider.System);

        // The first block has no time, and there is none to compare.
        var first = await ToldAsync(client);
        Assert.Equal(
            new ChainAnswer.Told { Network = ChainNetwork.Regtest, Height = 1, TopHash = first.TopHash, Peers = 0, Synchronized = true, Offline = true, Status = "OK" }, first);

        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await daemon.GenerateBlocksAsync(15, Address);
        var told = await ToldAsync(client);

        Assert.Equal((16, first.Peers), (told.Height, told.Peers));
        Assert.InRange(told.LastBlockAt!.Value, before.AddMinutes(-1), TimeProvider.System.GetUtcNow().AddHours(2));
        var hash = (await daemon.CallAsync("get_block_header_by_height", """{"height":10}""")).GetProperty("block_header").GetProperty("hash").GetString()!;
        Assert.Equal([new BlockMark(10, hash[..BlockMark.HashLength])], told.Marks);
        Assert.Equal((await daemon.CallAsync("get_last_block_header")).GetProperty("block_header").GetProperty("hash").GetString(), told.TopHash);
        await MustHaveTheShapeOfAsync(daemon);
    }

    [Fact]
    public async Task A_restricted_rpc_tells_all_but_its_peers()
    {
        await using var daemon = await RealMonerod.StartAsync("--offline", "--restricted-rpc");
        using var client = new WalletRpcClient(daemon.Target, TimeProvider.System);

        var told = await ToldAsync(client);

        Assert.Equal(
            new ChainAnswer.Told { Network = ChainNetwork.Regtest, Height = 1, TopHash = told.TopHash, Synchronized = true, Offline = true, Restricted = true, Status = "OK" }, told);
        var info = await daemon.CallAsync("get_info");
        Assert.Equal((0, ""), (info.GetProperty("start_time").GetInt64(), info.GetProperty("version").GetString()));
        await MustHaveTheShapeOfAsync(daemon);
    }

    /// <summary>Every member of the double is one of the real answer, of the same kind, and none is missing.</summary>
    private static async Task MustHaveTheShapeOfAsync(RealMonerod daemon)
    {
        var played = new DaemonDouble();
        Assert.Equal(Shape(await daemon.CallAsync("get_info")), Shape(Element(played.Info)));
        Assert.Equal(Shape(await daemon.CallAsync("get_last_block_header")), Shape(Element(played.Header)));
        Assert.Equal(Shape(await daemon.CallAsync("get_version")), Shape(Element(JsonNode.Parse(DaemonDouble.VersionJson)!["result"]!)));

        // What the client reads as "no hash".
        Assert.Equal(new string('0', 64), (await daemon.CallAsync("on_get_block_hash", "[1000]")).GetString());
        Assert.Equal(64, (await daemon.CallAsync("on_get_block_hash", "[0]")).GetString()!.Trim('0').Length);
    }

    private static JsonElement Element(JsonNode node) => JsonDocument.Parse(node.ToJsonString()).RootElement;

    private static IEnumerable<string> Shape(JsonElement value, string path = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).SelectMany(m => Shape(m.Value, $"{path}.{m.Name}")),
        JsonValueKind.True or JsonValueKind.False => [$"{path}: truth"],
        var kind => [$"{path}: {kind}"],
    };

    private static async Task<ChainAnswer.Told> ToldAsync(WalletRpcClient client) =>
        Assert.IsType<ChainAnswer.Told>(Assert.IsType<ApiAnswer.Answered>(await client.CheckDaemonAsync(Cancellation)).Chain);
}
