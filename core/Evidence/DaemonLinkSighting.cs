using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// The wallet's own connection to its daemon, by tcp_info. An open connection alone proves nothing (idle wallets keep one);
/// a request is outstanding when data was sent after the last data was received.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NotLooked), "not_looked")]
[JsonDerivedType(typeof(NotConnected), "not_connected")]
[JsonDerivedType(typeof(Idle), "idle")]
[JsonDerivedType(typeof(RequestOutstanding), "request_outstanding")]
public abstract record DaemonLinkSighting
{
    private DaemonLinkSighting()
    {
    }

    public sealed record NotLooked : DaemonLinkSighting;

    public sealed record NotConnected : DaemonLinkSighting;

    /// <summary>Nothing is seen to be owed. Whether the last answer came to its end cannot be seen: a daemon that fell silent in the middle of one looks like this.</summary>
    public sealed record Idle : DaemonLinkSighting
    {
        /// <summary>Since the last data received; null when not known.</summary>
        public TimeSpan? For { get; init; }
    }

    /// <param name="For">Since the last data received on that connection; zero while it is still being made.</param>
    public sealed record RequestOutstanding(TimeSpan For) : DaemonLinkSighting;
}
