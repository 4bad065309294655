using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.EndToEnd.Tests.Storage;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;
using Monitor = MoneroCloud.Functions.Monitor;

namespace MoneroCloud.EndToEnd.Tests.Export;

/// <summary>From a SQLite file by way of an exported file into Azurite's table, and out again: the same rows.</summary>
public sealed class OtherStoreTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    private const int Nodes = 40;

    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = TestRun.NewFolder("stores");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_from_SQLite_goes_into_Azurite_and_comes_out_the_same()
    {
        await using var sqlite = new SqliteTable(Path.Combine(_folder, "state.db"), new TableOptions(), TimeProvider.System);
        await sqlite.PrepareAsync(Cancellation);
        await FillAsync(sqlite);
        var azure = new AzureTable(AzureTableClients.Of(fixture.Azurite.ConnectionString, new TableOptions(), $"T{Guid.NewGuid():N}"), new TableOptions(), TimeProvider.System);
        await azure.PrepareAsync(Cancellation);

        var first = await ExportAsync(sqlite, "first");
        await ImportAsync(azure, first);
        var second = await ExportAsync(azure, "second");

        Assert.Equal(Nodes * 10, first.Footer.Rows);
        Assert.Equal(await first.RowsAsync(0, Cancellation).ToListAsync(Cancellation), await second.RowsAsync(0, Cancellation).ToListAsync(Cancellation));
    }

    private async Task<StateFile> ExportAsync(ITable table, string name)
    {
        var path = Path.Combine(_folder, name);
        var header = new ExportHeader { Format = ExportHeader.OfMonitor, Version = ExportHeader.Newest, Program = "1.2.3", At = Noon };
        await using (var file = await StateFileWriter.CreateAsync(path, header, Cancellation))
        {
            foreach (var shard in Shard.All)
            {
                for (string? after = null; ;)
                {
                    var page = await new ExportBook(Of(table)).PageAsync(shard, after, 7, Cancellation);
                    foreach (var row in page.Rows)
                    {
                        await file.WriteAsync(row, Cancellation);
                    }

                    if ((after = page.Next) is null)
                    {
                        break;
                    }
                }
            }

            await file.FinishAsync(Cancellation);
        }

        return await StateFile.CheckAsync(path, Cancellation);
    }

    private static async Task ImportAsync(ITable table, StateFile file)
    {
        var whole = new ImportRequest { File = file.Footer.Sha256, Total = file.Footer.Rows };
        Assert.IsType<ImportEnd.Taken>(await new ImportBook(Of(table)).TakeAsync(whole, Cancellation));
        var from = 0L;
        await foreach (var part in file.RowsAsync(0, Cancellation).Chunk(170).WithCancellation(Cancellation))
        {
            var end = Assert.IsType<ImportEnd.Taken>(await new ImportBook(Of(table)).TakeAsync(whole with { From = from, Rows = [.. part] }, Cancellation));
            from += part.Length;
            Assert.Equal((from, from == whole.Total), (end.Answer.Stored, end.Answer.Done));
        }
    }

    private static async Task FillAsync(SqliteTable table)
    {
        var rows = new NodeRows(AlertRules.Default, TimeSpan.FromMinutes(5));
        for (var i = 0; i < Nodes; i++)
        {
            var id = new NodeId(NodeName.Parse("home"), NodeName.Parse($"node{i}"));
            var node = NodeRecord.New(id, NodeKind.WalletRpc, Noon) with { WorkedData = new WorkedData.Api("http://127.0.0.1:1/json_rpc", 65561, null, "é \"API\"") { LastCheck = Noon, Condition = Condition.Healthy, Explanation = "" } };
            var history = Enumerable.Range(0, 5).Select(n => new HistoryEntry { At = Noon.AddMinutes(-n), Place = string.Create(CultureInfo.InvariantCulture, $"1.{n}"), Fact = new NodeFact.SpawnFailed("größe 💥\u0001") });
            var hours = Enumerable.Range(0, 5).Select(n => new RollupBucket { Start = Noon.AddHours(-10 * n).ToUnixTimeSeconds(), Began = Noon.AddHours(-10 * n).ToUnixTimeMilliseconds(), Checks = new CheckTally { Up = n } });
            RowChange[] changes =
            [
                .. rows.Of(new Stored<NodeRecord>(node, null), NodeChange.None(node) with { History = [.. history] }, null, [], Noon),
                .. RollupRows.Hours(id, hours),
            ];
            Assert.IsType<CommitResult.Committed>(await table.CommitAsync(changes, Cancellation));
        }
    }

    private static Monitor Of(ITable table) => new()
    {
        Table = table,
        Time = TimeProvider.System,
        Bus = new NoBus(),
        Keys = new MonitorKeys([SigningKey.Create()]),
        Logs = NullLoggerFactory.Instance,
        Policy = new MonitorPolicy(),
    };

    private sealed class NoBus : IBusSender
    {
        public Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation) => throw new InvalidOperationException("nothing is sent");
    }
}
