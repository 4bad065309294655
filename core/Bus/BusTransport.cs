namespace MoneroCloud.Core;

/// <summary>How the bytes reach the bus.</summary>
public abstract record BusTransport
{
    private BusTransport()
    {
    }

    /// <summary>Without encryption: the emulator, or our own broker on loopback.</summary>
    public sealed record Tcp : BusTransport;

    /// <param name="CertificateSha256">
    /// 64 lower-case hex digits: the only certificate accepted, whatever signed it. Null: the system's trust decides.
    /// </param>
    public sealed record Tls(string? CertificateSha256) : BusTransport;

    /// <summary>AMQP within a WebSocket over TLS, for networks that let nothing else out; through the system's proxy where there is one.</summary>
    /// <param name="CertificateSha256">As with <see cref="Tls"/>.</param>
    public sealed record WebSocket(string? CertificateSha256) : BusTransport;
}
