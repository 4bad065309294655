using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Core.Certainty;
using static MoneroCloud.Core.HealthState;

namespace MoneroCloud.Tests;

public sealed class AnsweredRowsTests
{
    private static NodeEvidence WalletSaid(WalletAnswer answer) => Given.Wallet with { Api = Given.Answered(Given.WalletVersion, answer) };

    [Fact]
    public void A_wallet_that_is_open_is_healthy() =>
        Given.Wallet.Diagnosed().MustBe(
            Condition.Healthy, Up, Probable, Remedy.None, "version 1.25 answered in 12.3 ms; the wallet is open at height 3210000");

    [Fact]
    public void A_wallet_rpc_without_a_declared_wallet_needs_none_open() =>
        (Given.Wallet with { WalletDeclared = false, Api = Given.Answered(Given.WalletVersion, new WalletAnswer.NotAsked()) }).Diagnosed().MustBe(
            Condition.Healthy, Up, Probable, Remedy.None, "version 1.25 answered in 12.3 ms");

    [Fact]
    public void A_daemon_is_healthy_by_its_major_version_three() =>
        Given.Daemon.Diagnosed().MustBe(Condition.Healthy, Up, Probable, Remedy.None, "version 3.10 answered in 12.3 ms");

    [Fact]
    public void A_remote_node_is_healthy_by_the_probe_alone() =>
        Assert.True(Given.Remote(Given.Answered(Given.WalletVersion, new WalletAnswer.NotAsked())).Diagnosed().Worked);

    [Fact]
    public void An_answer_without_a_word_on_the_declared_wallet_is_not_healthy() =>
        WalletSaid(new WalletAnswer.NotAsked()).Diagnosed().MustBe(
            Condition.Silent, null, Probable, Remedy.Wait, "answers, but nobody asked whether its declared wallet is open");

    [Theory]
    [InlineData(NodeKind.WalletRpc, Given.DaemonVersion, "port 18210 answers with version 3.10: a daemon, where a wallet-rpc is declared")]
    [InlineData(NodeKind.Daemon, Given.WalletVersion, "port 18210 answers with version 1.25: a wallet-rpc, where a daemon is declared")]
    [InlineData(NodeKind.WalletRpc, 0x20001, "port 18210 answers with version 2.1: neither a wallet-rpc nor a daemon, where a wallet-rpc is declared")]
    public void Another_major_version_is_the_wrong_service(NodeKind kind, int version, string explanation) =>
        (Given.Wallet with { Kind = kind, Api = Given.Answered(version, new WalletAnswer.NotAsked()) }).Diagnosed()
            .MustBe(Condition.WrongService, Down, Probable, Remedy.Alert, explanation);

    public static TheoryData<ApiAnswer, string> BadAnswers => new()
    {
        { new ApiAnswer.HttpStatus(502), "HTTP status 502" },
        { new ApiAnswer.NotJsonRpc("not HTTP"), "no JSON-RPC (not HTTP)" },
        { new ApiAnswer.RpcError(-32601), "RPC error -32601" },
        { new ApiAnswer.TlsFailed("certificate expired"), "a TLS failure (certificate expired)" },
        { Given.Answered(Given.WalletVersion, new WalletAnswer.Error(-1)), "error -1 to get_height" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public void What_is_no_good_json_rpc_answer_is_a_matter_of_configuration(ApiAnswer answer, string what) =>
        (Given.Wallet with { Api = answer }).Diagnosed().MustBe(
            Condition.BadAnswer, Down, Probable, Remedy.Alert,
            $"port 18210 gave a bad answer: {what}; look at the address, the proxy and the TLS settings");

    [Theory]
    [InlineData(NodeKind.WalletRpc, true, -13, Condition.NoWalletOpen)]
    [InlineData(NodeKind.WalletRpc, false, -13, Condition.BadAnswer)]
    [InlineData(NodeKind.Daemon, false, -13, Condition.BadAnswer)]
    [InlineData(NodeKind.WalletRpc, true, -38, Condition.WaitingForDaemon)]
    [InlineData(NodeKind.WalletRpc, false, -38, Condition.WaitingForDaemon)]
    [InlineData(NodeKind.Daemon, false, -38, Condition.BadAnswer)]
    public void The_errors_13_and_38_have_rows_of_their_own_where_they_mean_something(NodeKind kind, bool declared, int code, Condition condition) =>
        Assert.Equal(condition, (Given.Wallet with { Kind = kind, WalletDeclared = declared, Api = new ApiAnswer.RpcError(code) }).Diagnosed().Condition);

    [Fact]
    public void A_rejected_login_is_degraded_because_the_node_is_alive() =>
        (Given.Wallet with { Api = new ApiAnswer.Unauthorized(false) }).Diagnosed().MustBe(
            Condition.AuthRejected, Degraded, Probable, Remedy.Alert,
            "alive, but the login of the check is rejected (401); correct its user and password");

    [Fact]
    public void A_nonce_that_stays_stale_is_a_login_that_does_not_get_through() =>
        (Given.Wallet with { Api = new ApiAnswer.Unauthorized(true) }).Diagnosed().MustBe(
            Condition.AuthRejected, Degraded, Probable, Remedy.Alert,
            "alive, but the check cannot log in: its nonce is stale at every try (401); a proxy may spread one login over several connections");

    [Fact]
    public void A_rejected_login_of_the_probe_alone_is_told_as_such() =>
        (Given.Wallet with { Probe = new ProbeSighting(new ApiAnswer.Unauthorized(false)) }).Diagnosed().MustBe(
            Condition.AuthRejected, Degraded, Probable, Remedy.Alert,
            "alive, but the login of the monitor's probe is rejected (401); correct its user and password");

    [Fact]
    public void A_declared_wallet_that_is_not_open_is_opened() =>
        WalletSaid(new WalletAnswer.NotOpen()).Diagnosed().MustBe(
            Condition.NoWalletOpen, Degraded, Probable, Remedy.OpenWallet,
            "answers, but its declared wallet is not open (error -13); after a start somebody must open it");

    [Fact]
    public void A_declared_wallet_that_could_not_be_opened_says_why() =>
        (WalletSaid(new WalletAnswer.NotOpen()) with { OpenFailed = "the wallet refused: error -1" }).Diagnosed().MustBe(
            Condition.NoWalletOpen, Degraded, Probable, Remedy.OpenWallet,
            "answers, but its declared wallet is not open (error -13); opening it failed: the wallet refused: error -1");

    [Fact]
    public void A_wallet_that_nobody_declared_need_not_be_open()
    {
        Assert.Equal(Condition.Healthy, (WalletSaid(new WalletAnswer.NotOpen()) with { WalletDeclared = false }).Diagnosed().Condition);
        Assert.Equal(Condition.Healthy, (Given.Daemon with { WalletDeclared = true, Api = Given.Answered(Given.DaemonVersion, new WalletAnswer.NotOpen()) }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(DaemonSighting.NotKnown, "")]
    [InlineData(DaemonSighting.Answers, "")]
    [InlineData(DaemonSighting.Refuses, ", but its daemon refuses connections: it learns of nothing new meanwhile")]
    [InlineData(DaemonSighting.Silent, ", but its daemon does not answer: it learns of nothing new meanwhile")]
    [InlineData(DaemonSighting.Busy, ", but its daemon works and does not answer: it learns of nothing new meanwhile")]
    public void A_healthy_wallet_tells_of_its_daemons_trouble(DaemonSighting daemon, string words) =>
        (Given.Wallet with { Daemon = daemon }).Diagnosed().MustBe(
            Condition.Healthy, Up, Probable, Remedy.None, $"version 1.25 answered in 12.3 ms; the wallet is open at height 3210000{words}");

    public static TheoryData<ChainAnswer, string> Standings => new()
    {
        { new ChainAnswer.Told { Height = 100, Peers = 8, Synchronized = true }, "; it stands at height 100, with 8 peers" },
        { new ChainAnswer.Told { Height = 100, Peers = 1 }, "; it stands at height 100, with 1 peer" },
        { new ChainAnswer.Told { Height = 100, Synchronized = false }, "; it stands at height 100, and does not call itself synchronized" },
        { new ChainAnswer.Told { Height = 100, Synchronized = false, Offline = false }, "; it stands at height 100, and does not call itself synchronized" },
        { new ChainAnswer.Told { Height = 100, Synchronized = false, Offline = true }, "; it stands at height 100" },
        { new ChainAnswer.Told { Synchronized = true }, "; its height is not known: get_info did not tell it" },
        { new ChainAnswer.NotTold(Given.TimedOut), "; its height is not known: get_info gave no answer within 5 s" },
    };

    [Theory]
    [MemberData(nameof(Standings))]
    public void A_healthy_daemon_tells_where_it_stands(ChainAnswer chain, string words) =>
        (Given.Daemon with { Api = (ApiAnswer.Answered)Given.Answered(Given.DaemonVersion, new WalletAnswer.NotAsked()) with { Chain = chain } }).Diagnosed().MustBe(
            Condition.Healthy, Up, Probable, Remedy.None, $"version 3.10 answered in 12.3 ms{words}");

    [Fact]
    public void A_daemon_that_does_not_come_nearer_to_the_top_is_stalled_and_does_not_sync() =>
        (Given.Daemon with { Chain = new ChainSighting { Height = 100, SyncsTo = 3_000_000, LastBlockAge = TimeSpan.FromDays(900) } }).Diagnosed().MustBe(
            Condition.DaemonStalled, Degraded, Probable, Remedy.Alert, "answers, but stalled: its last block is 900 d old; look at its network and its log");

    [Fact]
    public void A_wallet_without_its_daemon_is_an_alert_on_the_daemon() =>
        WalletSaid(new WalletAnswer.NoDaemon()).Diagnosed().MustBe(
            Condition.WaitingForDaemon, Degraded, Probable, Remedy.AlertOnDaemon,
            "answers, but has no connection to its daemon (error -38); look at the daemon");

    [Fact]
    public void A_daemon_with_another_hash_than_the_majority_is_forked() =>
        (Given.Daemon with { Chain = new ChainSighting { Height = 3_000_000, HashDiffersFromMajority = true, Peers = 0 } }).Diagnosed().MustBe(
            Condition.DaemonForked, Down, Probable, Remedy.Alert,
            "on a fork: at height 3000000 its block has another hash than the majority of the other daemons; "
            + "what its wallets see is not what others see: compare its version with theirs, then let it sync anew");

    public static TheoryData<ChainSighting, string?> Chains => new()
    {
        { new ChainSighting { LastBlockAge = TimeSpan.FromMinutes(31) }, "its last block is 31 min old" },
        { new ChainSighting { Peers = 0 }, "it has no peers" },
        { new ChainSighting { BehindMedian = 4 }, "it is 4 blocks behind the median of the other daemons" },
        { new ChainSighting { Peers = 0, BehindMedian = 9 }, "it has no peers, it is 9 blocks behind the median of the other daemons" },
        { new ChainSighting { LastBlockAge = TimeSpan.FromMinutes(30), Peers = 1, BehindMedian = 3 }, null },
        { new ChainSighting(), null },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_daemon_whose_chain_stands_still_is_stalled(ChainSighting chain, string? sign)
    {
        var diagnosis = (Given.Daemon with { Chain = chain }).Diagnosed();
        if (sign is null)
        {
            Assert.Equal(Condition.Healthy, diagnosis.Condition);
            return;
        }

        diagnosis.MustBe(Condition.DaemonStalled, Degraded, Probable, Remedy.Alert, $"answers, but stalled: {sign}; look at its network and its log");
    }

    [Fact]
    public void A_daemon_that_syncs_says_how_far_it_is() =>
        (Given.Daemon with { Chain = new ChainSighting { Height = 100, SyncsTo = 3_000_000, Rising = true, LastBlockAge = TimeSpan.FromDays(900) } }).Diagnosed().MustBe(
            Condition.DaemonStalled, Degraded, Probable, Remedy.Alert,
            "answers, but still syncing, at height 100 of 3000000: its last block is 900 d old; its wallets wait until it is there");

    [Fact]
    public void A_fork_names_the_block_and_the_others() =>
        (Given.Daemon with { Chain = new ChainComparison(3, 0, 2_999_990).Onto(new ChainSighting { Height = 3_000_000 }) }).Diagnosed().MustBe(
            Condition.DaemonForked, Down, Probable, Remedy.Alert,
            "on a fork: at height 2999990 its block has another hash than the majority of the 3 other daemons; "
            + "what its wallets see is not what others see: compare its version with theirs, then let it sync anew");

    [Fact]
    public void A_fork_and_a_stall_are_a_daemons_and_not_its_wallets()
    {
        var chain = new ChainSighting { HashDiffersFromMajority = true, Peers = 0, BehindMedian = 99 };

        Assert.Equal(Condition.Healthy, (Given.Wallet with { Chain = chain }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(79, false, true)]
    [InlineData(80, false, false)]
    [InlineData(79, true, false)]
    public void A_wallet_more_than_twenty_blocks_behind_and_not_rising_is_behind(long height, bool rising, bool behind)
    {
        var evidence = WalletSaid(new WalletAnswer.Open(height)) with { Chain = new ChainSighting { DaemonHeight = 100, Rising = rising } };
        Assert.Equal(behind ? Condition.WalletBehind : Condition.Healthy, evidence.Diagnosed().Condition);
    }

    [Fact]
    public void A_wallet_that_is_behind_tells_by_how_much() =>
        (WalletSaid(new WalletAnswer.Open(60)) with { Chain = new ChainSighting { DaemonHeight = 100 } }).Diagnosed().MustBe(
            Condition.WalletBehind, Degraded, Probable, Remedy.Alert,
            "the wallet stands at height 60, 40 blocks behind its daemon, which stands at 100, and does not rise; what came in since is not shown");
}
