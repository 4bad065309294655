using Amqp;

namespace MoneroCloud.Core;

/// <summary>One attempt to connect, within a deadline.</summary>
internal sealed class BusConnector(BusAddress address, BusOptions options, BusStanding standing, TimeProvider time)
{
    public async Task<BusConnect> ConnectAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ConnectDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var line = new BusLine(address, time, either.Token);
        var login = new BusSasl(address.Credential);
        var connecting = Factory(line, login).CreateAsync(AmqpAddress(), either.Token, line);
        try
        {
            var connection = await connecting.WaitAsync(either.Token);
            return new BusConnect.Opened(new BusSession(connection, line, login.IsByToken ? Tokens() : null, address.Host, options, standing, time));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            line.Dispose();
            _ = connecting.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return new BusConnect.Failed(new BusFault(BusRules.Timeout, $"no connection to {address} within {options.ConnectDeadline.TotalSeconds:0.#} s"));
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            line.Dispose();
            var fault = BusFault.Of(exception);
            return new BusConnect.Failed(fault with { Text = $"{fault.Text} ({address})" });
        }
    }

    private IBusTokenSource Tokens() => address.Credential switch
    {
        BusCredential.SharedKey key => new SharedKeyTokens(key, time),
        BusCredential.Identity identity => identity.Source,
        _ => throw new InvalidOperationException("a credential of no known kind"),
    };

    private Address AmqpAddress() => new(address.Host, address.Port, null, null, "/", address.Transport switch
    {
        BusTransport.Tcp => "AMQP",
        BusTransport.WebSocket => BusAddress.WebSocketScheme,
        _ => "AMQPS",
    });

    private ConnectionFactory Factory(BusLine line, BusSasl login)
    {
        var factory = new ConnectionFactory([line]);
        factory.AMQP.ContainerId = options.ContainerId;
        factory.AMQP.IdleTimeout = BusRules.IdleTimeout;
        factory.AMQP.MaxFrameSize = BusRules.MaxFrameSize;
        factory.SASL.Profile = login;
        factory.TCP.NoDelay = true;
        if (address.Transport is BusTransport.Tls { CertificateSha256: { } pin })
        {
            factory.SSL.RemoteCertificateValidationCallback = (_, certificate, _, _) => BusPin.IsPinned(certificate, pin);
        }

        return factory;
    }
}
