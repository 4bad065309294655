using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The daemons of which a wallet knows only host and port, over real connections.</summary>
public sealed class DaemonAddressesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly CheckPolicy Policy = new() { RpcDeadline = TimeSpan.FromSeconds(2) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private const string Login = "HTTP/1.1 401 Unauthorized\r\nWWW-authenticate: Digest qop=\"auth\",algorithm=MD5,realm=\"monero-rpc\",nonce=\"bm9uY2U=\",stale=false\r\nContent-Length: 0\r\n\r\n";

    /// <summary>What is there, and what is known of it.</summary>
    private static readonly Dictionary<string, (Func<PeerScript>? Script, DaemonSighting Expected, long? Height)> Peers = new()
    {
        ["a daemon"] = (() => DaemonDouble.OnMainnet(3_210_006, Given.Now).Script, DaemonSighting.Answers, 3_210_006),
        ["a restricted daemon"] = (Restricted, DaemonSighting.Answers, 77),
        ["a login is asked for"] = (() => Play.Once(Login), DaemonSighting.Answers, null),
        ["nobody"] = (null, DaemonSighting.Refuses, null),
        ["never a word"] = (() => Play.Hang, DaemonSighting.Silent, null),
        ["a proxy without its daemon"] = (() => Play.Once(Play.Answer("{}", "502 Bad Gateway")), DaemonSighting.Silent, null),
        ["a reset"] = (() => Play.ResetAfterTheRequest, DaemonSighting.NotKnown, null),
        ["TLS with a certificate of its own"] = (SelfSigned, DaemonSighting.NotKnown, null),
    };

    public static TheoryData<string> Names => [.. Peers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_is_there_it_is_told_from_a_refusal(string name)
    {
        await using var peer = Peers[name].Script is { } script ? ScriptedHttpPeer.Start(script()) : null;
        var daemon = new DaemonReference(null, "127.0.0.1", peer?.Port ?? FreePort.Next());
        await using var addresses = new DaemonAddresses(new AgentClock(TimeProvider.System), bug => Assert.Fail(bug.ToString()));

        Assert.Equal(DaemonWord.None, addresses.Of(daemon, Limit));
        addresses.Want(daemon, urgent: true, Policy with { RpcDeadline = TimeSpan.FromSeconds(name == "never a word" ? 0.5 : 10) });
        await addresses.AskedAsync(daemon);

        Assert.Equal(new DaemonWord(Peers[name].Expected, Peers[name].Height), addresses.Of(daemon, Limit));
    }

    [Fact]
    public async Task All_wallets_of_an_address_share_one_question_a_period()
    {
        await using var peer = ScriptedHttpPeer.Start(DaemonDouble.OnMainnet(100, Given.Now).Script);
        var time = new SteppingTime(Given.Now);
        var daemon = new DaemonReference(null, "127.0.0.1", peer.Port);
        await using var addresses = new DaemonAddresses(new AgentClock(time), bug => Assert.Fail(bug.ToString()));

        async Task<int> AskedAfterAsync(bool urgent, double seconds)
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            for (var wallet = 0; wallet < 10; wallet++)
            {
                addresses.Want(new DaemonReference(null, "127.0.0.1", peer.Port), urgent, Policy);
            }

            await addresses.AskedAsync(daemon);
            return peer.Requests.Count;
        }

        Assert.Equal(1, await AskedAfterAsync(urgent: false, 0));
        Assert.Equal(1, await AskedAfterAsync(urgent: false, 29));
        Assert.Equal(2, await AskedAfterAsync(urgent: false, 1));
        Assert.Equal(2, await AskedAfterAsync(urgent: true, 1.9));
        Assert.Equal(3, await AskedAfterAsync(urgent: true, 0.1));
        Assert.All(peer.Requests, r => Assert.Equal("""{"jsonrpc":"2.0","id":"0","method":"get_info"}""", r.Body));
        Assert.All(peer.Requests, r => Assert.Null(r.Header("Authorization")));
        Assert.Equal(3, peer.Connections);

        time.Advance(Limit);
        Assert.Equal(100, addresses.Of(daemon, Limit).Height);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DaemonWord.None, addresses.Of(daemon, Limit));
    }

    [Fact]
    public async Task The_agent_does_not_wait_for_a_daemon_when_it_leaves()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Hang);
        var daemon = new DaemonReference(null, "127.0.0.1", peer.Port);
        var addresses = new DaemonAddresses(new AgentClock(TimeProvider.System), bug => Assert.Fail(bug.ToString()));
        addresses.Want(daemon, urgent: true, Policy with { RpcDeadline = TimeSpan.FromMinutes(5) });
        await peer.NextRequestAsync(Cancellation);

        await addresses.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        addresses.Want(daemon, urgent: true, Policy);
        Assert.Single(peer.Requests);
    }

    private static PeerScript Restricted()
    {
        var daemon = DaemonDouble.OnMainnet(77, Given.Now);
        (daemon.Info["restricted"], daemon.Info["start_time"], daemon.Info["version"]) = (true, 0, "");
        return daemon.Script;
    }

    /// <summary>Plain HTTP is no greeting of TLS: it is hung up on; then a certificate that nobody vouches for.</summary>
    private static PeerScript SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=daemon", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var certificate = request.CreateSelfSigned(Given.Now.AddYears(-1), Given.Now.AddYears(20));
        return async (connection, cancellation) =>
        {
            await using var tls = new SslStream(connection.Stream);
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
            }
            catch (AuthenticationException)
            {
                // It spoke HTTP, or did not like the certificate.
            }
        };
    }
}
