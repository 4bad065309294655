using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>What a daemon is asked, and what becomes of whatever it answers: a fact, or "not known", and never an exception.</summary>
public sealed class DaemonCheckTests
{
    private static readonly DateTimeOffset LastBlock = new(2025, 1, 15, 10, 29, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_daemon_tells_its_chain_on_one_connection()
    {
        var daemon = DaemonDouble.OnMainnet(3_210_006, LastBlock);
        daemon.Info["target_height"] = 3_210_100;
        await using var peer = ScriptedHttpPeer.Start(daemon.Script);
        using var client = Client(peer);

        var answer = Assert.IsType<ApiAnswer.Answered>(await client.CheckDaemonAsync(Cancellation));

        Assert.Equal(3, answer.Major);
        Assert.Equal(
            new ChainAnswer.Told
            {
                Network = ChainNetwork.Mainnet,
                Height = 3_210_006,
                TopHash = DaemonDouble.Hash('a', 3_210_005),
                LastBlockAt = LastBlock,
                Peers = 8,
                Synchronized = true,
                TargetHeight = 3_210_100,
                Offline = false,
                Restricted = false,
                Status = "OK",
                Marks = [Mark(3_210_000), Mark(3_209_990), Mark(3_209_900), Mark(3_209_000)],
            },
            answer.Chain);
        Assert.Equal(1, peer.Connections);
        Assert.Equal(["get_version", "get_info", "get_last_block_header", "on_get_block_hash", "on_get_block_hash", "on_get_block_hash", "on_get_block_hash"], Methods(peer));
    }

    [Fact]
    public async Task Under_the_same_top_block_nothing_but_the_info_is_asked_again()
    {
        var daemon = DaemonDouble.OnMainnet(3_210_006, LastBlock);
        await using var peer = ScriptedHttpPeer.Start(daemon.Script);
        using var client = Client(peer);

        var first = ChainOf(await client.CheckDaemonAsync(Cancellation));
        var before = peer.Requests.Count;
        daemon.Info["incoming_connections_count"] = 5;
        var second = ChainOf(await client.CheckDaemonAsync(Cancellation));
        Assert.Equal(["get_version", "get_info"], Methods(peer).Skip(before));
        Assert.Equal(first with { Peers = 12 }, second);

        daemon.HashAt = height => DaemonDouble.Hash('b', height);
        daemon.StandAt(3_210_006, LastBlock.AddMinutes(1));
        var third = ChainOf(await client.CheckDaemonAsync(Cancellation));
        Assert.Equal((LastBlock.AddMinutes(1), Mark(3_210_000, 'b')), (third.LastBlockAt, third.Marks[0]));
    }

    [Fact]
    public async Task A_wallet_where_a_daemon_is_declared_is_asked_for_nothing_more()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        Assert.Null(Assert.IsType<ApiAnswer.Answered>(await client.CheckDaemonAsync(Cancellation)).Chain);
        Assert.Equal(["get_version"], Methods(peer));
    }

    /// <summary>What a restricted RPC says of peers, start time and version is 0 and "" whatever is true.</summary>
    [Theory]
    [InlineData(true, 1795665636)]
    [InlineData(false, 0)]
    [InlineData(null, 0)]
    public async Task The_peers_of_a_restricted_daemon_are_not_known(bool? restricted, long started)
    {
        var daemon = DaemonDouble.OnMainnet(100, LastBlock);
        (daemon.Info["restricted"], daemon.Info["start_time"], daemon.Info["version"]) = (restricted, started, "");
        (daemon.Info["incoming_connections_count"], daemon.Info["outgoing_connections_count"]) = (0, 0);

        var told = await ToldAsync(daemon);

        Assert.True(told.Restricted);
        Assert.Null(told.Peers);
        Assert.Equal(Condition.Healthy, DiagnosedAt(told, LastBlock.AddMinutes(2)).Condition);
    }

    public static TheoryData<string, string> Nonsense
    {
        get
        {
            var data = new TheoryData<string, string>();
            string[] members =
            [
                "height", "top_block_hash", "target_height", "incoming_connections_count", "outgoing_connections_count", "start_time", "synchronized",
                "offline", "restricted", "untrusted", "status", "nettype", "mainnet", "height_without_bootstrap",
            ];
            string[] values =
            [
                "", "null", "-1", "18446744073709551615", "1e400", "0.5", "\"7\"", "\"\\u0000\"", "\"\\ud800\"", "true", "[]", "{\"a\":[1]}", "9223372036854775807",
            ];
            foreach (var member in members)
            {
                data.AddRange(values.Select(value => (member, value)).Select(v => new TheoryDataRow<string, string>(v.member, v.value)).ToArray());
            }

            return data;
        }
    }

    [Fact]
    public async Task Whatever_one_member_is_the_others_are_still_read()
    {
        var asked = 0;
        foreach (var row in Nonsense)
        {
            var (member, value) = (row.Data.Item1, row.Data.Item2);
            var daemon = DaemonDouble.OnMainnet(3_210_006, LastBlock);
            daemon.Info.Remove(member);
            var info = daemon.Info.ToJsonString();
            daemon.Instead["get_info"] = $$"""{"id":"0","jsonrpc":"2.0","result":{{(value.Length == 0 ? info : $"{info[..^1]},\"{member}\":{value}}}")}}}""";

            var told = await ToldAsync(daemon);

            Assert.True(told.Network == ChainNetwork.Mainnet || member is "nettype" or "mainnet", $"{member} {value}: {told}");
            Assert.True(told.Height == 3_210_006 || member is "height" or "untrusted", $"{member} {value}: {told}");
            Assert.True(told.Peers is 8 || (told.Peers is null && member is "incoming_connections_count" or "outgoing_connections_count" or "restricted" or "untrusted"), $"{member} {value}: {told}");
            Assert.InRange(told.Height ?? 1, 1, 1_000_000_000);
            Assert.NotEqual(Condition.DaemonForked, DiagnosedAt(told, LastBlock).Condition);
            asked++;
        }

        Assert.Equal(14 * 13, asked);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"id":"0","jsonrpc":"2.0","result":[]}""")]
    [InlineData("""{"id":"0","jsonrpc":"2.0","result":{"height":NaN}}""")]
    [InlineData("""{"id":"0","jsonrpc":"2.0","result":null}""")]
    [InlineData("""{"error":{"code":0,"message":""},"id":"0","jsonrpc":"2.0"}""")]
    [InlineData("""{"error":{"code":-32601,"message":"Method not found"},"id":"0","jsonrpc":"2.0"}""")]
    public async Task A_broken_info_beside_a_good_version_is_not_down(string answer)
    {
        var daemon = DaemonDouble.OnMainnet(100, LastBlock);
        daemon.Instead["get_info"] = answer;
        await using var peer = ScriptedHttpPeer.Start(daemon.Script);
        using var client = Client(peer);

        var answered = Assert.IsType<ApiAnswer.Answered>(await client.CheckDaemonAsync(Cancellation));

        Assert.IsType<ChainAnswer.NotTold>(answered.Chain);
        var diagnosis = (Given.Daemon with { Api = answered }).Diagnosed();
        Assert.Equal((Condition.Healthy, HealthState.Up), (diagnosis.Condition, diagnosis.State));
        Assert.Contains("its height is not known: get_info gave", diagnosis.Explanation, StringComparison.Ordinal);
    }

    /// <summary>A daemon that hangs after its version costs the check its one deadline, and not one for each call.</summary>
    [Fact]
    public async Task All_calls_of_a_check_share_one_deadline()
    {
        var time = new FakeTimeProvider();
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            await connection.SendAsync(Play.Answer(DaemonDouble.VersionJson), cancellation);
            await connection.ReadRequestAsync(cancellation);
            time.Advance(TimeSpan.FromSeconds(6));
            await Play.Hang(connection, cancellation);
        });
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address, Deadline = TimeSpan.FromSeconds(5) }, time);

        var answered = Assert.IsType<ApiAnswer.Answered>(await client.CheckDaemonAsync(Cancellation));

        Assert.IsType<ApiAnswer.TimedOut>(Assert.IsType<ChainAnswer.NotTold>(answered.Chain).Why);
        Assert.Equal(["get_version", "get_info"], Methods(peer));
    }

    [Fact]
    public async Task A_header_or_a_hash_that_fails_is_only_not_known()
    {
        var daemon = DaemonDouble.OnMainnet(3_210_006, LastBlock);
        daemon.Instead["get_last_block_header"] = """{"id":"0","jsonrpc":"2.0","result":{"block_header":{"timestamp":"yesterday"}}}""";
        daemon.HashAt = height => height == 3_209_990 ? new string('0', 64) : DaemonDouble.Hash('a', height);

        var told = await ToldAsync(daemon);

        Assert.Equal((3_210_006, null), (told.Height, told.LastBlockAt));
        Assert.Equal([Mark(3_210_000)], told.Marks);
    }

    /// <summary>What a bootstrap daemon says is not what this one has.</summary>
    [Fact]
    public async Task Of_a_bootstrap_daemons_answer_only_the_own_height_is_taken()
    {
        var daemon = DaemonDouble.OnMainnet(3_210_006, LastBlock);
        (daemon.Info["untrusted"], daemon.Info["height_without_bootstrap"]) = (true, 77);

        Assert.Equal(new ChainAnswer.Told { Network = ChainNetwork.Mainnet, Height = 77, Offline = false, Status = "OK" }, await ToldAsync(daemon));
    }

    /// <summary>Peers and the age of blocks say nothing about a chain that its owner keeps alone; the same numbers on mainnet do.</summary>
    [Theory]
    [InlineData("fakechain", false, Condition.Healthy)]
    [InlineData("mainnet", true, Condition.Healthy)]
    [InlineData("mainnet", false, Condition.DaemonStalled)]
    public async Task A_daemon_that_is_alone_on_purpose_is_not_stalled(string network, bool offline, Condition expected)
    {
        var daemon = DaemonDouble.OnMainnet(1, LastBlock);
        (daemon.Info["nettype"], daemon.Info["offline"]) = (network, offline);
        (daemon.Info["incoming_connections_count"], daemon.Info["outgoing_connections_count"]) = (0, 0);

        Assert.Equal(expected, DiagnosedAt(await ToldAsync(daemon), LastBlock.AddYears(2)).Condition);
    }

    private static Diagnosis DiagnosedAt(ChainAnswer told, DateTimeOffset now) =>
        (Given.Daemon with { At = now, Api = new ApiAnswer.Answered(Given.DaemonVersion, TimeSpan.FromMilliseconds(1), new WalletAnswer.NotAsked()) { Chain = told } }).Diagnosed();

    private static async Task<ChainAnswer.Told> ToldAsync(DaemonDouble daemon)
    {
        await using var peer = ScriptedHttpPeer.Start(daemon.Script);
        using var client = Client(peer);
        return ChainOf(await client.CheckDaemonAsync(Cancellation));
    }

    private static ChainAnswer.Told ChainOf(ApiAnswer answer) => Assert.IsType<ChainAnswer.Told>(Assert.IsType<ApiAnswer.Answered>(answer).Chain);

    private static BlockMark Mark(long height, char chain = 'a') => new(height, DaemonDouble.Hash(chain, height)[..BlockMark.HashLength]);

    private static IEnumerable<string> Methods(ScriptedHttpPeer peer) => peer.Requests.Select(r => (string)JsonNode.Parse(r.Body)!["method"]!);

    private static WalletRpcClient Client(ScriptedHttpPeer peer) => new(new WalletRpcTarget { Address = peer.Address, Deadline = TimeSpan.FromSeconds(15) }, TimeProvider.System);
}
