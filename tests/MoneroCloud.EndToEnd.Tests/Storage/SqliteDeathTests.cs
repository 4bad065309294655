using System.Diagnostics;
using System.Globalization;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Storage;

/// <summary>A program that commits until it is killed; what it has said to be stored is there afterwards.</summary>
public sealed class SqliteDeathTests
{
    private const string FolderVariable = "MONEROCLOUD_TEST_SQLITE";

    private static readonly Shard Shard = new(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_committed_survives_kill_9()
    {
        var folder = TestRun.NewFolder("killed");
        for (var round = 1; round <= 3; round++)
        {
            var said = await CommitUntilKilledAsync(folder, said: 40 * round);

            await using var table = TableIn(folder);
            var stored = await StoredAsync(table);
            Assert.InRange(stored[^1], said, said + 1);
            Assert.Equal(Enumerable.Range(1, stored[^1]), stored);
            // Both rows of a commit, or none.
            Assert.Equal($"{stored[^1]}", (await table.ReadAsync(new RowKey(Shard, "last"), Cancellation))!.Doc);
        }
    }

    [Fact]
    public async Task A_full_disk_is_told_and_what_was_stored_stays()
    {
        var folder = TestRun.NewFolder("full");
        Assert.SkipUnless(TestMount.TryTmpfs(folder, "4m"), "needs the right to mount");
        try
        {
            await using var table = TableIn(folder);
            var ballast = Path.Combine(folder, "ballast");
            var told = await Assert.ThrowsAsync<StorageUnavailableException>(() => FillAsync(table, ballast));
            Assert.Contains("full", told.Message, StringComparison.Ordinal);
            Assert.Contains(folder, told.Message, StringComparison.Ordinal);

            var stored = await StoredAsync(table);
            Assert.Equal(Enumerable.Range(1, stored[^1]), stored);
            File.Delete(ballast);
            Assert.IsType<CommitResult.Committed>(await CommitAsync(table, stored[^1] + 1, new string('x', 30_000)));
        }
        finally
        {
            TestMount.Unmount(folder);
        }
    }

    /// <summary>Runs as a program of its own, only when the test above starts it.</summary>
    [Fact(Explicit = true)]
    public async Task Commits_until_it_is_killed()
    {
        await using var table = TableIn(Environment.GetEnvironmentVariable(FolderVariable)!);
        var stored = await StoredAsync(table);
        for (var i = stored.Count + 1; ; i++)
        {
            Assert.IsType<CommitResult.Committed>(await CommitAsync(table, i, "{}"));
            Console.WriteLine($"stored {i}");
        }
    }

    private static SqliteTable TableIn(string folder) => new(Path.Combine(folder, "state.db"), new TableOptions(), TimeProvider.System);

    private static async Task<List<int>> StoredAsync(SqliteTable table) => await table
        .RangeAsync(Shard, KeyRange.Prefix("row-"), int.MaxValue, Cancellation)
        .Select(row => int.Parse(row.Key.Key["row-".Length..], CultureInfo.InvariantCulture))
        .ToListAsync(Cancellation);

    private static Task<CommitResult> CommitAsync(SqliteTable table, int number, string doc) => table.CommitAsync(
        [
            new RowChange.Insert(new Row { Key = new RowKey(Shard, $"row-{number:d6}"), Doc = doc }),
            new RowChange.Put(new Row { Key = new RowKey(Shard, "last"), Doc = $"{number}" }),
        ],
        Cancellation);

    private static async Task FillAsync(SqliteTable table, string ballast)
    {
        await CommitAsync(table, 1, "{}");
        await File.WriteAllBytesAsync(ballast, new byte[1 << 20], Cancellation);
        for (var i = 2; ; i++)
        {
            await CommitAsync(table, i, new string('x', 30_000));
        }
    }

    private static async Task<int> CommitUntilKilledAsync(string folder, int said)
    {
        var start = new ProcessStartInfo(DotnetHost.File)
        {
            ArgumentList =
            {
                typeof(SqliteDeathTests).Assembly.Location, "-method", $"*.{nameof(Commits_until_it_is_killed)}", "-explicit", "only", "-noColor",
                "-showLiveOutput",
            },
            RedirectStandardOutput = true,
        };
        start.Environment[FolderVariable] = folder;
        using var program = Process.Start(start)!;
        try
        {
            while (await program.StandardOutput.ReadLineAsync(Cancellation) is { } line)
            {
                if (line.Split("stored ") is [_, var number] && int.Parse(number, CultureInfo.InvariantCulture) is var last && last >= said)
                {
                    program.Kill();
                    return await LastAsync(program, last);
                }
            }

            throw new InvalidOperationException("it ended by itself");
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(Cancellation);
        }
    }

    // What it had said before it died.
    private static async Task<int> LastAsync(Process program, int last)
    {
        while (await program.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Split("stored ") is [_, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var later))
            {
                last = later;
            }
        }

        return last;
    }
}
