using System.Net;
using System.Net.Sockets;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Storage;

/// <summary>The cloud's table when it is not there, not ours, or not made yet.</summary>
public sealed class AzureOutageTests
{
    private const string WrongKey = "d3Jvbmcga2V5IHdyb25nIGtleSB3cm9uZyBrZXkgd3Jvbmcga2V5IQ==";

    private static readonly TableOptions Options = new() { Deadline = TimeSpan.FromSeconds(9) };

    private static readonly RowKey Key = new(new Shard(0), "a");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_is_gone_is_told_and_used_again_when_it_is_back()
    {
        await using var azurite = await RealAzurite.StartAsync();
        var table = TableOf(azurite.ConnectionString);
        await table.PrepareAsync(Cancellation);
        await azurite.StopAsync();

        var told = await RefusalAsync(table);

        await azurite.StartAgainAsync();
        await table.PrepareAsync(Cancellation);
        Assert.IsType<CommitResult.Committed>(await PutAsync(table));
        Assert.NotNull(await table.ReadAsync(Key, Cancellation));
        Assert.Contains("not reached: Connection refused", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_was_not_made_is_named()
    {
        await using var azurite = await RealAzurite.StartAsync();

        Assert.Contains("MoneroState of devstoreaccount1: refused (404 TableNotFound)", await RefusalAsync(TableOf(azurite.ConnectionString)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_told_without_the_key_or_a_signature()
    {
        await using var azurite = await RealAzurite.StartAsync();
        var parts = azurite.ConnectionString.Split(';').Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={WrongKey}" : part);

        var told = await RefusalAsync(TableOf(string.Join(';', parts)));

        Assert.Contains("access denied (4", told, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongKey, told, StringComparison.Ordinal);
        Assert.DoesNotContain("SharedKey", told, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_is_connected_before_the_first_call()
    {
        using var listener = new TcpListener(IPAddress.Loopback, FreePort.Next());
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var table = TableOf($"AccountName=a;AccountKey={WrongKey};TableEndpoint=http://127.0.0.1:{port}/a;");
        Assert.False(listener.Pending());
        var told = await RefusalAsync(table);

        Assert.True(listener.Pending());
        Assert.Contains("no answer within 9 s", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a connection string, but a SECRET")]
    [InlineData("AccountName=a;AccountKey=SECRET")]
    [InlineData("BlobEndpoint=http://127.0.0.1:1/;SharedAccessSignature=SECRET")]
    public void What_is_no_connection_string_is_not_repeated(string text)
    {
        var told = Assert.Throws<ArgumentException>(() => AzureTableClients.Of(text, Options)).ToString();

        Assert.DoesNotContain("SECRET", told, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage is no storage connection string", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example/x?")]
    [InlineData("")]
    [InlineData("Upper")]
    public void What_is_no_accounts_name_is_refused(string account)
    {
        var told = Assert.Throws<ArgumentException>(() => AzureTableClients.Of(account, clientId: null, Options));

        Assert.Equal($"AzureWebJobsStorage__accountName is '{account}', not 3 to 24 of a-z and 0-9", told.Message);
    }

    [Fact]
    public void An_account_is_addressed_with_its_identity()
    {
        var client = AzureTableClients.Of("monerocloud1", "8a1b5c3e-0000-4000-8000-000000000000", Options);

        Assert.Equal("https://monerocloud1.table.core.windows.net/MoneroState", client.Uri.AbsoluteUri);
        Assert.Equal("MoneroState", client.Name);
    }

    private static AzureTable TableOf(string connectionString) => new(AzureTableClients.Of(connectionString, Options), Options, TimeProvider.System);

    private static Task<CommitResult> PutAsync(AzureTable table) =>
        table.CommitAsync([new RowChange.Put(new Row { Key = Key, Doc = "{}" })], Cancellation);

    private static async Task<string> RefusalAsync(AzureTable table)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var told = await Assert.ThrowsAsync<StorageUnavailableException>(() => PutAsync(table));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, Options.Deadline + TimeSpan.FromSeconds(3));
        return told.Message;
    }
}
