using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;
using static MoneroCloud.Tests.BrokerUnderTest;

namespace MoneroCloud.Tests;

/// <summary>AMQP within a WebSocket, as Service Bus offers it on 443.</summary>
public sealed class BusWebSocketTests
{
    private readonly CancellationToken _cancellation = TestDeadline.Of(19);

    [Fact]
    public async Task What_goes_over_TCP_goes_over_it_too_and_it_is_made_again_when_it_breaks()
    {
        using var certificate = SelfSigned();
        await using var broker = await StartAsync();
        await using var gateway = await WebSocketGateway.StartAsync(broker.Port, certificate);
        var bus = Connect(broker, gateway.Port, certificate);
        var big = Message("1") with { Body = RandomNumberGenerator.GetBytes(200_000) };
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", big, _cancellation));
        await using var receiver = bus.OpenReceiver("q", 1);

        var came = await receiver.ReceiveAsync(_cancellation);
        Assert.True(big.Body.Span.SequenceEqual(came.Body.Span));
        Assert.True(await came.RenewLockAsync(_cancellation));
        await broker.StopAsync();
        await broker.StartAgainAsync();

        Assert.Equal(("1", 2), await receiver.ReceiveAsync(_cancellation) is var again ? (again.MessageId, again.DeliveryCount) : default);
        Assert.True(gateway.Opened >= 2, $"opened {gateway.Opened} times");
        Assert.Equal($"wss://127.0.0.1:{gateway.Port} as monitor", $"{bus.Address}");
    }

    [Fact]
    public async Task Another_certificate_another_server_and_nobody_are_told_apart()
    {
        using var certificate = SelfSigned();
        using var other = SelfSigned();
        await using var broker = await StartAsync();
        await using var gateway = await WebSocketGateway.StartAsync(broker.Port, certificate);

        Assert.Contains("certificate", await WhyNotAsync(Connect(broker, gateway.Port, other)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Connection refused", await WhyNotAsync(Connect(broker, FreePort.Next(), certificate)), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Opened);
        Assert.All(broker.Told, line => Assert.StartsWith("trouble: the bus at 127.0.0.1:", line, StringComparison.Ordinal));
        Assert.All(broker.Told, line => Assert.DoesNotContain(BrokerUnderTest.MonitorKey, line, StringComparison.Ordinal));
    }

    private static async Task<BrokerUnderTest> StartAsync()
    {
        var broker = await BrokerUnderTest.StartAsync();
        await broker.DeclareAsync("q");
        return broker;
    }

    private static BusConnection Connect(BrokerUnderTest broker, int port, X509Certificate2 certificate) => broker.Follow(new BusConnection(
        BusAddress.Parse($"Endpoint=sb://127.0.0.1:{port}/;SharedAccessKeyName=monitor;SharedAccessKey={BrokerUnderTest.MonitorKey};TransportType=AmqpWebSockets;CertificateSha256={certificate.GetCertHashString(HashAlgorithmName.SHA256)}"),
        Quick with { SendDeadline = TimeSpan.FromSeconds(8) },
        TimeProvider.System));

    private async Task<string> WhyNotAsync(BusConnection bus)
    {
        var sending = bus.SendAsync("q", Message("1"), _cancellation);
        await TestDeadline.UntilAsync(() => bus.State is BusState.Disconnected { LastError: not null }, _cancellation);
        var why = ((BusState.Disconnected)bus.State).LastError!;
        await bus.DisposeAsync();
        Assert.IsType<BusSend.NotNow>(await sending);
        return why;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=bus", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
