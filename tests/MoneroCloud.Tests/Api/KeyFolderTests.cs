using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The standalone monitor's keys: made once, and replaced by an operator with an overlap.</summary>
public sealed class KeyFolderTests
{
    private readonly string _folder = Path.Combine(TestRun.NewFolder("keys"), "keys");

    [Fact]
    public void They_are_made_once_and_nobody_else_may_read_them()
    {
        var first = Open();
        var again = Open();

        Assert.Equal(first.ApiKeys.Select(k => (k.Role, Text(k.Role))), again.ApiKeys.Select(k => (k.Role, Text(k.Role))));
        Assert.Equal(first.Signing.Single().PublicKey, again.Signing.Single().PublicKey);
        Assert.All(Directory.GetFiles(_folder), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public void One_that_is_moved_aside_is_made_anew_and_the_old_one_opens_as_long_as_it_lies_there()
    {
        Open();
        var (oldKey, oldPem) = (Text(ApiRole.Operator), File.ReadAllText(PathOf("signing.pem")));
        File.Move(PathOf("operator.key"), PathOf("operator.old.key"));
        File.Move(PathOf("signing.pem"), PathOf("signing.other.pem"));

        var both = Open();
        Assert.NotEqual(oldKey, Text(ApiRole.Operator));
        Assert.Equal([ApiRole.Operator, ApiRole.Operator], new ApiKeys(both.ApiKeys).All.Where(k => k.Is(Hash(oldKey)) || k.Is(Hash(Text(ApiRole.Operator)))).Select(k => k.Role));
        Assert.True(SigningKey.TryImportPem(oldPem, out var old, out _));
        using (old)
        {
            Assert.Equal(2, both.Signing.Length);
            Assert.Equal(old.PublicKey, both.Signing[1].PublicKey);
        }

        File.Delete(PathOf("operator.old.key"));
        Assert.Null(new ApiKeys(Open().ApiKeys).Find(oldKey));
    }

    [Theory]
    [InlineData("operator.old.key", "short", "has 5 characters: a key has 32 to 256")]
    [InlineData("viewer.old.key", " ", "is empty: remove it for a new key")]
    [InlineData("signing.other.pem", "hunter2", "is no signing key: ")]
    public void What_is_no_key_is_refused_by_its_file_and_not_shown(string file, string text, string why)
    {
        Open();
        File.WriteAllText(PathOf(file), text);

        var message = Assert.Throws<InvalidDataException>(() => Open()).Message;

        Assert.Contains($"{PathOf(file)} {why}", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    private KeyRing Open() => new KeyFolder(_folder).Open();

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Text(ApiRole role) => File.ReadAllText(PathOf(role == ApiRole.Operator ? "operator.key" : "viewer.key")).Trim();

    private static byte[] Hash(string key) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));
}
