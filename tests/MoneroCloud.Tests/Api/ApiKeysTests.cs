using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Keys from the settings.</summary>
public sealed class ApiKeysTests
{
    private static readonly string One = new('1', 43);
    private static readonly string Two = new('2', 64);

    [Fact]
    public void Each_setting_opens_with_its_role()
    {
        Assert.True(ApiKeys.TryRead(Settings(("OPERATOR_KEY", One), ("OPERATOR_KEY_OLD", Two), ("VIEWER_KEY", One + "v")), out var keys, out _));

        Assert.Equal(ApiRole.Operator, keys.Find(One)?.Role);
        Assert.Equal(ApiRole.Operator, keys.Find(Two)?.Role);
        Assert.Equal(ApiRole.Viewer, keys.Find(One + "v")?.Role);
        Assert.Null(keys.Find(One[..^1]));
        Assert.Null(keys.Find(""));
        Assert.Null(keys.Find(new string('1', 10_000)));
    }

    [Fact]
    public void None_is_none_and_an_empty_one_too()
    {
        Assert.True(ApiKeys.TryRead(Settings(("OPERATOR_KEY", "")), out var keys, out _));

        Assert.False(keys.Any);
        Assert.Null(keys.Find(""));
    }

    [Theory]
    [InlineData("short", "OPERATOR_KEY has 5 characters: it has to have 32 to 256")]
    [InlineData("a key with blanks, which no header carries", "OPERATOR_KEY has a character that cannot stand in a header: it has to be printable ASCII without blanks")]
    public void A_key_that_can_be_guessed_or_not_be_sent_is_refused(string key, string expected)
    {
        Assert.False(ApiKeys.TryRead(Settings(("OPERATOR_KEY", key)), out _, out var error));

        Assert.Equal(expected, error);
    }

    [Fact]
    public void One_key_for_two_roles_is_refused()
    {
        Assert.False(ApiKeys.TryRead(Settings(("OPERATOR_KEY", One), ("VIEWER_KEY", One)), out _, out var error));

        Assert.Equal("VIEWER_KEY is the same key as another setting: each has to be its own", error);
    }

    private static AppSettings Settings(params (string Name, string Value)[] settings) => new(settings.Select(s => KeyValuePair.Create(s.Name, s.Value)));
}
