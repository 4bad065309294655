using System.Globalization;
using Microsoft.Data.Sqlite;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public sealed class SqliteFileTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly RowKey Key = new(new Shard(0), "a");

    private readonly string _file = Path.Combine(TestRun.NewFolder("sqlite"), "made", "state.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_made_before_the_first_call()
    {
        await using var table = Open();

        Assert.False(Directory.Exists(Path.GetDirectoryName(_file)));
        Assert.Null(await table.ReadAsync(Key, Cancellation));
        Assert.True(File.Exists(_file));
    }

    [Fact]
    public async Task The_files_are_their_owners_alone()
    {
        await using var table = Open();
        await StoreAsync(table, "1");

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_file)!));
        Assert.Equal(["state.db", "state.db-shm", "state.db-wal"], Directory.GetFiles(Path.GetDirectoryName(_file)!).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(_file)!), file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_file_that_was_open_to_others_is_closed_to_them()
    {
        await StoreAndCloseAsync();
        File.SetUnixFileMode(_file, OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.GroupRead);

        await using var table = Open();
        await table.PrepareAsync(Cancellation);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_file));
    }

    [Fact]
    public async Task What_is_committed_is_in_the_files_at_once()
    {
        await using var table = Open();
        var copy = TestRun.NewFolder("copy");
        for (var i = 1; i <= 3; i++)
        {
            await StoreAsync(table, $"{i}");
            foreach (var file in new[] { _file, $"{_file}-wal" })
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
            }

            await using var left = new SqliteTable(Path.Combine(copy, "state.db"), new TableOptions(), TimeProvider.System);
            Assert.Equal($"{i}", (await left.ReadAsync(Key, Cancellation))?.Doc);
        }
    }

    [Fact]
    public async Task Two_programs_may_use_one_file_without_a_lost_update()
    {
        await using var first = Open();
        await using var second = Open();
        await StoreAsync(first, "0");

        await Task.WhenAll(IncrementAsync(first), IncrementAsync(second));

        Assert.Equal("100", (await second.ReadAsync(Key, Cancellation))!.Doc);
    }

    [Fact]
    public async Task Reading_goes_on_while_another_program_writes()
    {
        await StoreAndCloseAsync();
        await using var stranger = SqliteLock.Take(_file);
        await using var table = Open();

        Assert.Equal("1", (await table.ReadAsync(Key, Cancellation))!.Doc);
        Assert.Contains("locked by another program", await RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal("1", (await table.ReadAsync(Key, Cancellation))!.Doc);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(4_096, 4_096)]
    public async Task A_damaged_file_is_named(int offset, int length)
    {
        await StoreAndCloseAsync();
        await using (var file = File.OpenWrite(_file))
        {
            file.Position = offset;
            file.Write(Enumerable.Repeat((byte)'x', length).ToArray());
        }

        var refusal = await RefusalAsync();

        Assert.Contains("damaged", refusal, StringComparison.Ordinal);
        Assert.Contains(_file, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 2", "its schema is 2, this program knows 1")]
    [InlineData("PRAGMA application_id = 7", "another program's database")]
    public async Task A_file_of_a_newer_or_another_program_is_left_alone(string change, string reason)
    {
        await StoreAndCloseAsync();
        await using (var connection = new SqliteConnection($"Data Source={_file};Pooling=False"))
        {
            connection.Open();
            SqliteSchema.Execute(connection, change);
        }

        var before = await File.ReadAllBytesAsync(_file, Cancellation);
        var refusal = await RefusalAsync();

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
        Assert.Contains(_file, refusal, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_file, Cancellation));
    }

    [Fact]
    public async Task A_folder_in_the_files_place_is_named()
    {
        Directory.CreateDirectory(_file);

        Assert.Contains(_file, await RefusalAsync(), StringComparison.Ordinal);
    }

    private static async Task StoreAsync(SqliteTable table, string doc) =>
        Assert.IsType<CommitResult.Committed>(await table.CommitAsync([new RowChange.Put(new Row { Key = Key, Doc = doc })], Cancellation));

    private static async Task IncrementAsync(SqliteTable table)
    {
        for (var done = 0; done < 50;)
        {
            var row = (await table.ReadAsync(Key, Cancellation))!;
            var next = int.Parse(row.Doc, CultureInfo.InvariantCulture) + 1;
            var result = await table.CommitAsync([new RowChange.Replace(row with { Doc = $"{next}" })], Cancellation);
            done += result is CommitResult.Committed ? 1 : 0;
        }
    }

    private SqliteTable Open() => new(_file, new TableOptions { Deadline = TimeSpan.FromSeconds(2) }, TimeProvider.System);

    private async Task StoreAndCloseAsync()
    {
        await using var table = Open();
        await StoreAsync(table, "1");
    }

    private async Task<string> RefusalAsync()
    {
        await using var table = Open();
        var change = new RowChange.Put(new Row { Key = Key, Doc = "2" });
        return (await Assert.ThrowsAsync<StorageUnavailableException>(() => table.CommitAsync([change], Cancellation))).Message;
    }
}
