using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>
/// Where the bus is and by what right it is used: a Service Bus connection string,
/// <c>Endpoint=sb://HOST[:PORT]/;SharedAccessKeyName=NAME;SharedAccessKey=KEY[;EntityPath=QUEUE][;TransportType=AmqpWebSockets][;UseDevelopmentEmulator=true]</c>,
/// or a namespace and an identity. Our own part <c>CertificateSha256=HEX</c> names the one TLS certificate that is accepted. Its text never shows the key.
/// </summary>
public sealed record BusAddress
{
    internal const int TlsPort = 5671;
    internal const int TcpPort = 5672;
    internal const int WebSocketPort = 443;
    internal const string WebSocketScheme = "WSS";

    internal BusAddress(string host, int port, BusTransport transport, BusCredential credential, string? entityPath)
    {
        Host = host;
        Port = port;
        Transport = transport;
        Credential = credential;
        EntityPath = entityPath;
    }

    /// <summary>A name, or an address without brackets.</summary>
    public string Host { get; }

    /// <summary>5671 with TLS, 5672 without, and 443 for a WebSocket, unless the endpoint says otherwise.</summary>
    public int Port { get; }

    public BusTransport Transport { get; }

    public BusCredential Credential { get; }

    /// <summary>The only queue the key is for, where the connection string names one.</summary>
    public string? EntityPath { get; }

    /// <summary>Service Bus itself, by an identity's tokens.</summary>
    /// <param name="fullyQualifiedNamespace">Such as <c>NS.servicebus.windows.net</c>.</param>
    /// <param name="credential">The identity.</param>
    /// <param name="webSocket">Over 443 instead of 5671.</param>
    public static BusAddress OfNamespace(string fullyQualifiedNamespace, BusCredential.Identity credential, bool webSocket) => webSocket
        ? new(fullyQualifiedNamespace, WebSocketPort, new BusTransport.WebSocket(null), credential, null)
        : new(fullyQualifiedNamespace, TlsPort, new BusTransport.Tls(null), credential, null);

    /// <param name="error">Names the part, its value (never the key) and the rule; empty where it was parsed.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BusAddress? address, out string error)
    {
        var reader = new BusAddressReader(text ?? "");
        address = reader.Read();
        error = reader.Error;
        return address is not null;
    }

    /// <exception cref="FormatException">The text is no connection string.</exception>
    public static BusAddress Parse(string text) =>
        TryParse(text, out var address, out var error) ? address : throw new FormatException(error);

    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var scheme = Transport switch { BusTransport.Tls => "amqps", BusTransport.WebSocket => "wss", _ => "amqp" };
        return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{Port} as {Credential}");
    }
}
