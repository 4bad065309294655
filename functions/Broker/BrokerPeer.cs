using System.Collections.Concurrent;
using System.Security.Principal;
using Amqp;

namespace MoneroCloud.Functions;

/// <summary>Who is at the other end of a connection. Without a user nothing but <c>$cbs</c> is open to them.</summary>
internal sealed class BrokerPeer(string address, BrokerUser? user, DateTimeOffset? until) : IPrincipal
{
    private volatile BrokerUser? _user = user;

    public string Address { get; } = address;

    /// <summary>The connection, once there is one.</summary>
    public Connection? Connection { get; set; }

    /// <summary>The bytes under it, once there are some.</summary>
    public BrokerTransport? Transport { get; set; }

    public BrokerUser? User => _user;

    /// <summary>When the token ends by which the user came, or the time to present one; null for a login.</summary>
    public DateTimeOffset? Until { get; private set; } = until;

    /// <summary>Links on which this peer wants answers, by the name it gave them.</summary>
    public ConcurrentDictionary<string, AnswerEndpoint> Answers { get; } = new(StringComparer.Ordinal);

    public IIdentity? Identity => null;

    public bool IsInRole(string role) => false;

    public void Present(BrokerUser user, DateTimeOffset until)
    {
        Until = until;
        _user = user;
    }

    public override string ToString() => $"{_user?.Name ?? "nobody"} at {Address}";
}
