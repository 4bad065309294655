using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The monitor's own keys: the first one signs, all of them are given to agents, so that one can be replaced without a gap.</summary>
internal sealed class MonitorKeys(ImmutableArray<SigningKey> keys)
{
    public ImmutableArray<string> PublicJwks => [.. keys.Select(k => k.PublicKey.ToJwk())];

    public IEnumerable<string> Thumbprints => keys.Select(k => k.PublicKey.Thumbprint);

    public byte[] Sign(JwsType type, ReadOnlySpan<byte> payload) => Jws.Sign(keys[0], type, payload);
}
