using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    private static readonly string[] HostileKeys =
    [
        " ", "  ", "!", "\"", "#", "$filter", "%", "%2F", "%00", "&", "'", "''", "'; DROP TABLE MoneroState; --", "() or true", "*", "+", ",", "..",
        "../..", "/", "//", ":", ";", "?", "?a=b", "@", "[", "\\", "\\\\", "]", "^", "_", "`", "{}", "|", "~", "~~", ".~~", "~002f", "!2f", "\0", "\u0001",
        "\n", "\r\n", "\t", "\u007f", "\u0085", "\u00a0", "é", "e\u0301", "ß", "İ", "\u202e", "\ufeff", "\ufffd", "\uffff", "\ud83d\ude00", "\ud800", "\udc00x", "n|a/b",
        "n|a\\b", "n|a#b", "n|a?b", "n|a.b", "n|a.", "null", "A", "a", "h|x|0000|1.2", "İ/é",
    ];

    [Fact]
    public async Task Any_text_is_a_key_and_comes_back_as_it_was()
    {
        foreach (var hundred in HostileKeys.Chunk(100))
        {
            Assert.IsType<CommitResult.Committed>(await CommitAsync([.. hundred.Select(key => Insert(key, $"{key.Length}"))]));
        }

        Assert.Equal(HostileKeys.Order(StringComparer.Ordinal), await KeysAsync(KeyRange.All));
        foreach (var key in HostileKeys)
        {
            var row = await ReadAsync(key);
            Assert.Equal((Key(key), $"{key.Length}"), (row!.Key, row.Doc));
            Assert.Contains(key, await KeysAsync(KeyRange.Prefix(key)));
        }

        Assert.IsType<CommitResult.Committed>(await CommitAsync([.. HostileKeys.Select(key => new RowChange.Delete(Key(key)))]));
        Assert.Empty(await KeysAsync(KeyRange.All));
    }

    [Fact]
    public async Task The_longest_keys_are_stored()
    {
        string[] keys = [new('k', RowKey.MaxLength), new('/', RowKey.MaxLength / 3), new('é', RowKey.MaxLength / 5), new('|', RowKey.MaxLength)];

        Assert.IsType<CommitResult.Committed>(await CommitAsync([.. keys.Select(key => Insert(key))]));

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(KeyRange.All));
        Assert.NotNull(await ReadAsync(keys[0]));
    }
}
