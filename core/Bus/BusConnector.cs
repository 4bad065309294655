using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Handler;

namespace MoneroCloud.Core;

/// <summary>One attempt to connect. The library's own token ends neither TLS nor the login, so the deadline closes the socket.</summary>
internal sealed class BusConnector(BusAddress address, BusOptions options, TimeProvider time) : IHandler, IDisposable
{
    private readonly Lock _lock = new();
    private Socket? _socket;
    private bool _disposed;

    public async Task<BusConnect> ConnectAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ConnectDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var connecting = Factory().CreateAsync(AmqpAddress(), either.Token, this);
        try
        {
            return new BusConnect.Opened(new BusSession(await connecting.WaitAsync(either.Token), this, options, time));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            Dispose();
            _ = connecting.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return new BusConnect.Failed(new BusFault(BusRules.Timeout, $"no connection to {address} within {options.ConnectDeadline.TotalSeconds:0.#} s"));
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            Dispose();
            var fault = BusFault.Of(exception);
            return new BusConnect.Failed(fault with { Text = $"{fault.Text} ({address})" });
        }
    }

    public bool CanHandle(EventId id) => id == EventId.SocketConnect;

    public void Handle(Event protocolEvent)
    {
        lock (_lock)
        {
            _socket = (Socket)protocolEvent.Context;
            if (_disposed)
            {
                _socket.Dispose();
            }
        }
    }

    /// <summary>Closes the socket, and with it whatever the library still does on it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _socket?.Dispose();
        }
    }

    private Address AmqpAddress()
    {
        var key = (BusCredential.SharedKey)address.Credential;
        return new Address(address.Host, address.Port, key.Name, key.Key, "/", address.Transport is BusTransport.Tls ? "AMQPS" : "AMQP");
    }

    private ConnectionFactory Factory()
    {
        var factory = new ConnectionFactory();
        factory.AMQP.ContainerId = options.ContainerId;
        factory.AMQP.IdleTimeout = BusRules.IdleTimeout;
        factory.AMQP.MaxFrameSize = BusRules.MaxFrameSize;
        factory.TCP.NoDelay = true;
        if (address.Transport is BusTransport.Tls { CertificateSha256: { } pin })
        {
            factory.SSL.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsPinned(certificate, pin);
        }

        return factory;
    }

    private static bool IsPinned(X509Certificate? certificate, string pin) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(certificate.GetRawCertData()), Convert.FromHexString(pin));
}
