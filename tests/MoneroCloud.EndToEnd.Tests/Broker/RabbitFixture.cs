using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>One RabbitMQ for a class of tests: it takes 5 s to start.</summary>
public sealed class RabbitFixture : IAsyncLifetime
{
    public RealRabbit Rabbit { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Rabbit = await RealRabbit.StartAsync();

    public ValueTask DisposeAsync() => Rabbit.DisposeAsync();
}
