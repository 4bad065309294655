using Azure.Data.Tables;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Storage;

/// <summary>The filter of docs/examples.md, as somebody else's client would send it.</summary>
public sealed class StoreQueryTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    /// <summary>ExamplesTests holds the document to this text.</summary>
    private static readonly string Filter = $"RowKey ge '{KeyText.Write(Keys.Nodes)}' and RowKey lt '{KeyText.Write("n}")}' and {Names.WorkedColumn} eq false";

    [Fact]
    public async Task The_documented_filter_finds_the_nodes_that_do_not_work_with_pid_and_answers()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = new TableOptions();
        var name = $"Q{Guid.NewGuid():N}";
        var table = new AzureTable(AzureTableClients.Of(fixture.Azurite.ConnectionString, options, name), options, TimeProvider.System);
        await table.PrepareAsync(cancellation);
        foreach (var (agent, node, worked) in new[] { ("host", "up", true), ("host", "down", false), ("remote", "cold", false) })
        {
            var row = new Row { Key = Keys.Node(new NodeId(NodeName.Parse(agent), NodeName.Parse(node))), Doc = "{}", Pid = 42, Worked = worked, WorkedData = $$"""{"explanation":"{{agent}}.{{node}}"}""" };
            Assert.IsType<CommitResult.Committed>(await table.CommitAsync([new RowChange.Put(row)], cancellation));
        }

        // What is no node, and has none of these columns.
        await table.CommitAsync([new RowChange.Put(new Row { Key = Keys.Agent(NodeName.Parse("host")), Doc = "{}" })], cancellation);

        var found = new TableClient(fixture.Azurite.ConnectionString, name).QueryAsync<TableEntity>(Filter, cancellationToken: cancellation);
        var nodes = new SortedDictionary<string, (int? Pid, string? Data)>();
        await foreach (var entity in found)
        {
            nodes[entity.RowKey] = (entity.GetInt32(Names.PidColumn), entity.GetString(Names.WorkedDataColumn));
        }

        Assert.Equal(["n|host.down", "n|remote.cold"], nodes.Keys);
        Assert.Equal((42, """{"explanation":"host.down"}"""), nodes["n|host.down"]);
    }
}
