using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MoneroCloud.Functions;

/// <summary>Where the broker listens, where it keeps its messages, and its bounds.</summary>
internal sealed record BrokerSettings
{
    /// <summary>Loopback, or an address of this machine. Without a certificate everything on it is in clear text.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>The SQLite file, 0600, in a folder that exists. Beside it <c>FILE.lock</c>, held while the broker runs.</summary>
    public required string DataFile { get; init; }

    /// <summary>With a private key: TLS, and only TLS, is spoken.</summary>
    public X509Certificate2? Certificate { get; init; }

    public BrokerDurability Durability { get; init; } = BrokerDurability.Process;

    /// <summary>With the properties, announced when a link is opened: Service Bus's 256 KiB.</summary>
    public int MostMessageBytes { get; init; } = 256 << 10;

    /// <summary>Further ones are closed at once.</summary>
    public int MostConnections { get; init; } = 1000;

    /// <summary>Connections of one user; further ones are refused at login.</summary>
    public int MostConnectionsPerUser { get; init; } = 64;

    /// <summary>Connections that have not logged in yet; further ones are closed at once.</summary>
    public int MostHandshakes { get; init; } = 128;

    /// <summary>For TLS and login together.</summary>
    public TimeSpan HandshakeDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The data file stops growing here, and sends are refused.</summary>
    public long MostFileBytes { get; init; } = 4L << 30;

    /// <summary>
    /// The key of a user's name. Where it is given, a client may also come without a password and present a SAS token (<c>$cbs</c>), as
    /// Service Bus's own clients do.
    /// </summary>
    public Func<string, string?>? SharedKeyOf { get; init; }

    /// <summary>Null but in tests.</summary>
    public BrokerScript? Script { get; init; }
}
