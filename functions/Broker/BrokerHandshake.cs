using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>TLS and login of one new connection, within a deadline and a few hundred bytes.</summary>
internal sealed class BrokerHandshake(BrokerLogin login, X509Certificate2? certificate, bool tokens)
{
    private const int MostFrame = 4096;

    /// <returns>The stream to speak on, and who speaks (null: somebody whose token follows); or why not.</returns>
    public async Task<BrokerHandshakeEnd> RunAsync(Stream socket, CancellationToken cancellation)
    {
        var stream = await SecureAsync(socket, cancellation);
        var header = new byte[8];
        await stream.ReadExactlyAsync(header, cancellation);
        await stream.WriteAsync(SaslFrames.Header.ToArray(), cancellation);
        if (!header.AsSpan().SequenceEqual(SaslFrames.Header))
        {
            return new BrokerHandshakeEnd.Refused("does not speak AMQP 1.0 with a login");
        }

        await stream.WriteAsync(tokens ? SaslFrames.Mechanisms(BusRules.TokenFollows, BusRules.Plain, BusRules.Anonymous) : SaslFrames.Mechanisms(BusRules.Plain), cancellation);
        var end = Judge(await ReadFrameAsync(stream, cancellation), stream);
        await stream.WriteAsync(SaslFrames.Outcome(end is BrokerHandshakeEnd.Done), cancellation);
        return end is BrokerHandshakeEnd.Done && !await BeginsAsync(stream, cancellation) ? new BrokerHandshakeEnd.Refused("logged in and did not go on with AMQP 1.0") : end;
    }

    // The library speaks first. Service Bus's JavaScript client loses what comes together with the login's outcome, so it is given time to take that.
    private static async Task<bool> BeginsAsync(Stream stream, CancellationToken cancellation)
    {
        var header = new byte[BrokerTransport.Header.Length];
        await stream.ReadExactlyAsync(header, cancellation);
        return header.AsSpan().SequenceEqual(BrokerTransport.Header);
    }

    private async Task<Stream> SecureAsync(Stream socket, CancellationToken cancellation)
    {
        if (certificate is null)
        {
            return socket;
        }

        var tls = new SslStream(socket);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
        return tls;
    }

    private BrokerHandshakeEnd Judge(byte[] frame, Stream stream)
    {
        if (!SaslFrames.TryReadInit(frame, out var mechanism, out var response))
        {
            return new BrokerHandshakeEnd.Refused("sent no login");
        }

        if (tokens && mechanism is BusRules.Anonymous or BusRules.TokenFollows)
        {
            return new BrokerHandshakeEnd.Done(stream, null);
        }

        if (mechanism != BusRules.Plain || !SaslFrames.TryReadPlain(response, out var user, out var password))
        {
            return new BrokerHandshakeEnd.Refused("sent a login that is not offered");
        }

        return login(user, password) is { } known
            ? new BrokerHandshakeEnd.Done(stream, known)
            : new BrokerHandshakeEnd.Refused($"wrong name or password for '{Printable(user)}'");
    }

    private static string Printable(string user) => new([.. user.Take(64).Select(c => char.IsControl(c) ? '?' : c)]);

    private static async Task<byte[]> ReadFrameAsync(Stream stream, CancellationToken cancellation)
    {
        var size = new byte[4];
        await stream.ReadExactlyAsync(size, cancellation);
        var length = BinaryPrimitives.ReadUInt32BigEndian(size);
        if (length is < 8 or > MostFrame)
        {
            return [];
        }

        var frame = new byte[length];
        size.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(4), cancellation);
        return frame;
    }
}
