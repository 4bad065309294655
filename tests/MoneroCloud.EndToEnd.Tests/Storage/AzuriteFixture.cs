using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Storage;

/// <summary>One Azurite for a class of tests, each of which has a table of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public RealAzurite Azurite { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Azurite = await RealAzurite.StartAsync();

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();
}
