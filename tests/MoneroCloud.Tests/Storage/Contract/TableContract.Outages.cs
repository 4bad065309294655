using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task A_store_that_refuses_is_told_within_the_deadline_and_used_again_afterwards()
    {
        var options = new TableOptions { Deadline = TimeSpan.FromSeconds(2) };
        var table = NewTable(options);
        await using var closed = table as IAsyncDisposable;
        await table.CommitAsync([Put("before")], Cancellation);
        TimeSpan elapsed;
        StorageUnavailableException told;

        await using (await RefuseAsync())
        {
            var begun = TimeProvider.System.GetTimestamp();
            told = await Assert.ThrowsAsync<StorageUnavailableException>(() => table.CommitAsync([Insert("during")], Cancellation));
            elapsed = TimeProvider.System.GetElapsedTime(begun);
        }

        Assert.InRange(elapsed, TimeSpan.Zero, options.Deadline + TimeSpan.FromSeconds(3));
        Assert.InRange(told.Message.Length, 10, 300);
        Assert.DoesNotContain("AccountKey", told.Message, StringComparison.OrdinalIgnoreCase);
        Assert.IsType<CommitResult.Committed>(await table.CommitAsync([Put("after")], Cancellation));
        Assert.NotNull(await ReadAsync("before"));
    }

    [Fact]
    public async Task Who_no_longer_waits_gets_a_cancellation()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.CommitAsync([Put("a")], source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.ReadAsync(Key("a"), source.Token));
    }

    [Fact]
    public async Task Making_the_table_again_changes_nothing()
    {
        await StoreAsync(Put("a"));

        await Table.PrepareAsync(Cancellation);

        Assert.Equal(["a"], await KeysAsync(KeyRange.All));
    }
}
