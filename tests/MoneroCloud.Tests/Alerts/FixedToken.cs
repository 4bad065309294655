using Azure.Core;
using Azure.Identity;

namespace MoneroCloud.Tests.Alerts;

/// <summary>An identity with this token; without one where it is null.</summary>
internal sealed class FixedToken(string? token) : TokenCredential
{
    public const string Secret = "eyJ-token-of-the-identity";

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        token is null ? throw new CredentialUnavailableException("no endpoint") : new AccessToken(token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
