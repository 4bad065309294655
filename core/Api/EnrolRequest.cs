using System.Text.Json;

namespace MoneroCloud.Core;

/// <summary>The body of <c>POST /api/agents</c>.</summary>
public sealed record EnrolRequest
{
    /// <summary>1 to 39 of a-z, 0-9 and '-'; neither <c>remote</c> nor <c>monitor</c>.</summary>
    public required string Name { get; set; }

    /// <summary>The agent's public key as a JWK of <c>kty, crv, x, y</c>: never the private half.</summary>
    public required JsonElement Key { get; set; }

    /// <summary>Take the place of an agent that has another key.</summary>
    public bool Replace { get; set; }

    /// <summary>With <see cref="Replace"/>: what is signed with the key before is still believed for an hour, so that nothing on its way is lost.</summary>
    public bool Overlap { get; set; }
}
