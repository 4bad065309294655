using Azure.Core;
using Azure.Identity;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class EntraTokensTests
{
    private static readonly DateTimeOffset Expires = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly CancellationToken _cancellation = TestDeadline.Of(10);

    [Fact]
    public async Task A_token_of_the_bus_is_asked_for_and_renewed_5_minutes_before_its_end()
    {
        var credential = new TestCredential(() => new AccessToken("eyJ-SECRET", Expires));

        var given = Assert.IsType<BusTokenAnswer.Given>(await new EntraTokens(credential).GetAsync("sb://ns/q", _cancellation));

        Assert.Equal(new BusToken("jwt", "eyJ-SECRET", Expires, Expires.AddMinutes(-5)), given.Token);
        Assert.Equal(["https://servicebus.azure.net/.default"], credential.Scopes);
        Assert.DoesNotContain("SECRET", $"{given}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_a_value_of_one_line()
    {
        var credential = new TestCredential(() => throw new CredentialUnavailableException("ManagedIdentityCredential: no endpoint\r\nSee https://aka.ms\n" + new string('x', 500)));

        Assert.Equal(
            new BusTokenAnswer.Failed("CredentialUnavailableException: ManagedIdentityCredential: no endpoint"),
            await new EntraTokens(credential).GetAsync("sb://ns/q", _cancellation));
    }

    [Fact]
    public async Task A_bug_is_not_taken_for_a_failure() =>
        await Assert.ThrowsAsync<FormatException>(() => new EntraTokens(new TestCredential(() => throw new FormatException())).GetAsync("sb://ns/q", _cancellation));

    private sealed class TestCredential(Func<AccessToken> give) : TokenCredential
    {
        public IReadOnlyList<string> Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return ValueTask.FromResult(give());
        }
    }
}
