using System.Net;
using System.Net.Sockets;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.WalletRpc;

/// <summary>What a check says about a real monero-wallet-rpc in each of its moods.</summary>
public sealed class CheckOfRealNodesTests(WalletRpcWithoutLogin fixture) : IClassFixture<WalletRpcWithoutLogin>
{
    private const int ConnectionsAllowed = 25;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RealWalletRpc Node => fixture.Node;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_without_a_login_answers_with_major_1(bool keepAlive)
    {
        using var client = Client(Node.Target with { KeepAlive = keepAlive });

        var answer = Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.Equal(1, answer.Major);
        Assert.InRange(answer.Latency, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_login_that_nobody_asks_for_does_no_harm()
    {
        using var client = Client(Node.Target with { Login = new RpcLogin("monitor", "any") });

        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));
    }

    [Fact]
    public async Task A_daemon_answers_with_major_3()
    {
        await using var daemon = await RealMonerod.StartAsync();
        using var client = Client(daemon.Target);

        var answer = Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.Equal(3, answer.Major);
    }

    [Fact]
    public async Task A_suspended_node_times_out_and_answers_again_when_it_goes_on()
    {
        using var patient = Client(Node.Target);
        using var client = Client(Node.Target with { Deadline = TimeSpan.FromSeconds(1) });
        Assert.IsType<ApiAnswer.Answered>(await patient.CheckAsync(walletDeclared: false, Cancellation));

        Node.Program.Suspend();
        try
        {
            Assert.Equal(new ApiAnswer.TimedOut(TimeSpan.FromSeconds(1)), await client.CheckAsync(walletDeclared: true, Cancellation));
        }
        finally
        {
            Node.Program.Resume();
        }

        Assert.IsType<ApiAnswer.Answered>(await patient.CheckAsync(walletDeclared: false, Cancellation));
    }

    [Fact]
    public async Task A_node_with_all_its_connections_taken_is_a_reset_and_the_double_does_as_it_does()
    {
        await using var copy = ScriptedHttpPeer.Start(Play.Saturated);
        var held = await HoldAsync(Node.Port, ConnectionsAllowed);
        try
        {
            using var client = Client(Node.Target);
            Assert.Equal(new ApiAnswer.Reset(), await client.CheckAsync(walletDeclared: false, Cancellation));
            Assert.Equal(await EndOfAsync(Node.Port), await EndOfAsync(copy.Port));
        }
        finally
        {
            held.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task The_doubles_answers_are_those_of_the_real_node_byte_for_byte_but_for_its_date()
    {
        await using var copy = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));

        Assert.Equal(await RawAnswerAsync(Node.Port), await RawAnswerAsync(copy.Port));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_a_TLS_failure()
    {
        await using var node = await RealWalletRpc.StartAsync(new RealWalletRpcOptions { Tls = true });
        using var client = Client(node.Target);

        var answer = Assert.IsType<ApiAnswer.TlsFailed>(await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.Contains("certificate", answer.Reason, StringComparison.Ordinal);
        using var plain = Client(node.Target with { Address = new Uri($"http://127.0.0.1:{node.Port}") });
        Assert.Equal(new ApiAnswer.Reset(), await plain.CheckAsync(walletDeclared: false, Cancellation));
    }

    private static WalletRpcClient Client(WalletRpcTarget target) => new(target, TimeProvider.System);

    private static async Task<List<TcpClient>> HoldAsync(int port, int count)
    {
        // Each one is proved to be served before the next; so none still waits to be accepted.
        var held = new List<TcpClient>();
        while (held.Count < count)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            held.Add(connection);
            if (await AnswerAsync(connection) is null)
            {
                // The connections of earlier tests were not gone yet.
                held.Remove(connection);
                connection.Dispose();
            }
        }

        return held;
    }

    /// <summary>How a new connection ends when it asks something: the socket error, or a plain end.</summary>
    private static async Task<SocketError> EndOfAsync(int port)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        try
        {
            await connection.GetStream().ReadExactlyAsync(new byte[1], Cancellation);
            return SocketError.Success;
        }
        catch (IOException failure) when (failure.InnerException is SocketException inner)
        {
            return inner.SocketErrorCode;
        }
        catch (EndOfStreamException)
        {
            return SocketError.Disconnecting;
        }
    }

    private static async Task<string[]> RawAnswerAsync(int port)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        var answer = await AnswerAsync(connection) ?? throw new InvalidOperationException("no answer");
        return [.. answer.Split('\n').Where(line => !line.StartsWith("Last-Modified", StringComparison.Ordinal))];
    }

    private static async Task<string?> AnswerAsync(TcpClient connection)
    {
        var body = """{"jsonrpc":"2.0","id":"0","method":"get_version"}""";
        var request = $"POST /json_rpc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            await connection.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request), Cancellation);
            while (length == 0 || buffer[length - 1] != '}')
            {
                var read = await connection.GetStream().ReadAsync(buffer.AsMemory(length), Cancellation);
                if (read == 0)
                {
                    return null;
                }

                length += read;
            }
        }
        catch (IOException)
        {
            return null;
        }

        return System.Text.Encoding.ASCII.GetString(buffer, 0, length);
    }
}
