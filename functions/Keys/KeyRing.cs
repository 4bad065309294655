using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>All that the standalone monitor keeps secret. Not a record: its text shows nothing.</summary>
internal sealed class KeyRing(ImmutableArray<SigningKey> signing, ImmutableArray<ApiKey> apiKeys, string busSecret)
{
    /// <summary>The first one signs, the second is one that agents learn beside.</summary>
    public ImmutableArray<SigningKey> Signing => signing;

    /// <summary>One of each role, and those that are being replaced.</summary>
    public ImmutableArray<ApiKey> ApiKeys => apiKeys;

    /// <summary>From which every agent's password for the bus is derived, so that none has to be kept.</summary>
    public string BusSecret => busSecret;
}
