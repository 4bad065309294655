using MoneroCloud.Functions;
using MoneroCloud.Tests.Storage;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Storage;

public sealed class AzureTableTests(AzuriteFixture fixture) : TableContract, IClassFixture<AzuriteFixture>
{
    private readonly string _name = $"T{Guid.NewGuid():N}";

    private protected override ITable NewTable(TableOptions options) =>
        new AzureTable(AzureTableClients.Of(fixture.Azurite.ConnectionString, options, _name), options, TimeProvider.System);

    private protected override Task<IAsyncDisposable> RefuseAsync() => Task.FromResult<IAsyncDisposable>(new Suspension(fixture.Azurite));

    private protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
