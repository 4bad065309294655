using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SasTokenTests
{
    private const long Now = 1_800_000_000;

    private static readonly string Good = Token("agent:host1", "key", Now + 60);

    public static TheoryData<string> Refused => new(
        Token("agent:host1", "wrong", Now + 60),
        Token("nobody", "key", Now + 60),
        Token("agent:host1", "key", Now),
        Token("agent:host1", "key", long.MaxValue),
        Good.Replace($"se={Now + 60}", $"se={Now + 61}", StringComparison.Ordinal),
        Good.Replace("sr=sb", "sr=sx", StringComparison.Ordinal),
        Good + "&se=1",
        Good[..^3],
        Good["SharedAccessSignature ".Length..],
        "SharedAccessSignature ",
        "SharedAccessSignature sr&sig&se&skn",
        "");

    [Fact]
    public void A_token_signed_with_the_users_key_is_taken_until_its_end()
    {
        Assert.True(Verify(Good, out var user, out var until));
        Assert.Equal(("agent:host1", DateTimeOffset.FromUnixTimeSeconds(Now + 60)), (user, until));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Any_other_is_refused(string token) => Assert.False(Verify(token, out _, out _));

    private static bool Verify(string token, out string user, out DateTimeOffset until) =>
        SasToken.TryVerify(token, name => name == "agent:host1" ? "key" : null, DateTimeOffset.FromUnixTimeSeconds(Now), out user, out _, out until);

    private static string Token(string user, string key, long until)
    {
        const string Audience = "sb%3a%2f%2flocalhost%2fq";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{Audience}\n{until}"));
        return $"SharedAccessSignature sr={Audience}&sig={Uri.EscapeDataString(Convert.ToBase64String(signature))}&se={until}&skn={Uri.EscapeDataString(user)}";
    }
}
