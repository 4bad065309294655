using System.Net.Sockets;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>Which side an exception speaks about: ours must never make a node look down.</summary>
public sealed class RpcFailureTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, typeof(ApiAnswer.Refused))]
    [InlineData(SocketError.ConnectionReset, typeof(ApiAnswer.Reset))]
    [InlineData(SocketError.ConnectionAborted, typeof(ApiAnswer.Reset))]
    [InlineData(SocketError.Shutdown, typeof(ApiAnswer.Reset))]
    [InlineData(SocketError.TimedOut, typeof(ApiAnswer.TimedOut))]
    [InlineData(SocketError.HostUnreachable, typeof(ApiAnswer.Unreachable))]
    [InlineData(SocketError.NetworkUnreachable, typeof(ApiAnswer.Unreachable))]
    [InlineData(SocketError.NetworkDown, typeof(ApiAnswer.Unreachable))]
    [InlineData(SocketError.HostNotFound, typeof(ApiAnswer.Unreachable))]
    [InlineData(SocketError.TooManyOpenSockets, typeof(ApiAnswer.OwnFailure))]
    [InlineData(SocketError.NoBufferSpaceAvailable, typeof(ApiAnswer.OwnFailure))]
    [InlineData(SocketError.AddressNotAvailable, typeof(ApiAnswer.OwnFailure))]
    [InlineData(SocketError.AccessDenied, typeof(ApiAnswer.OwnFailure))]
    [InlineData(SocketError.TryAgain, typeof(ApiAnswer.OwnFailure))]
    [InlineData(SocketError.NoRecovery, typeof(ApiAnswer.OwnFailure))]
    [InlineData(SocketError.SocketError, typeof(ApiAnswer.OwnFailure))]
    public void A_socket_error_speaks_about_one_side(SocketError error, Type expected)
    {
        var failure = new HttpRequestException("outer", new IOException("middle", new SocketException((int)error)));

        Assert.IsType(expected, RpcFailure.Of(failure, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_nobody_foresaw_is_our_own_failure() =>
        Assert.Equal(new ApiAnswer.OwnFailure("InvalidOperationException"), RpcFailure.Of(new InvalidOperationException(), TimeSpan.Zero));

    [Fact]
    public async Task A_port_without_a_listener_refuses()
    {
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = new Uri($"http://127.0.0.1:{FreePort.Next()}") }, TimeProvider.System);

        Assert.Equal(new ApiAnswer.Refused(), await client.CheckAsync(walletDeclared: true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_no_verdict_about_a_wallet()
    {
        using var client = new WalletRpcClient(
            new WalletRpcTarget { Address = new Uri("http://no-such-node.invalid:18082"), Deadline = TimeSpan.FromSeconds(1) }, TimeProvider.System);

        var answer = await client.CheckAsync(walletDeclared: false, TestContext.Current.CancellationToken);

        Assert.True(answer is ApiAnswer.Unreachable or ApiAnswer.OwnFailure or ApiAnswer.TimedOut, answer.ToString());
    }

    [Fact]
    public async Task Plain_HTTP_on_an_https_address_is_a_TLS_failure()
    {
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n", cancellation);
            await connection.WaitForCloseAsync(cancellation);
        });
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = new Uri($"https://127.0.0.1:{peer.Port}") }, TimeProvider.System);

        Assert.IsType<ApiAnswer.TlsFailed>(await client.CheckAsync(walletDeclared: false, TestContext.Current.CancellationToken));
    }
}
