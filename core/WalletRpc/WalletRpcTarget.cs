namespace MoneroCloud.Core;

/// <summary>Where a node's RPC is and how to ask it.</summary>
public sealed record WalletRpcTarget
{
    /// <summary>Scheme (http or https), host and port; nothing else.</summary>
    public required Uri Address { get; init; }

    /// <summary>Which certificate is accepted from an https address.</summary>
    internal TlsTrust Trust { get; init; } = new TlsTrust.SystemRoots();

    /// <summary>For digest authentication; null where the node has none. Never sent to a peer that asks for Basic.</summary>
    public RpcLogin? Login { get; init; }

    /// <summary>For one call of a check, and for the wait until a call before it has ended.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Keep the connection for the next call; otherwise it is closed after each check or command.</summary>
    public bool KeepAlive { get; init; } = true;

    /// <summary>
    /// A kept connection is used for no longer: who keeps one for ever has one of the node's 25 places, and never sees that the others are taken.
    /// </summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The address of the JSON-RPC endpoint.</summary>
    /// <exception cref="ArgumentException"><see cref="Address"/> is something else than scheme, host and port.</exception>
    internal Uri Endpoint()
    {
        var plain = Address.IsAbsoluteUri
            && (Address.Scheme == Uri.UriSchemeHttp || Address.Scheme == Uri.UriSchemeHttps)
            && Address.UserInfo.Length == 0 && Address.PathAndQuery == "/" && Address.Fragment.Length == 0;
        return plain
            ? new Uri(Address, "/json_rpc")
            : throw new ArgumentException("An RPC address is http or https, host and port, and nothing else.");
    }
}
