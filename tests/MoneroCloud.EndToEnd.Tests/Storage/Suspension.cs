using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests.Storage;

/// <summary>Azurite takes connections and answers nothing, until this is disposed.</summary>
internal sealed class Suspension : IAsyncDisposable
{
    private readonly RealAzurite _azurite;

    public Suspension(RealAzurite azurite)
    {
        _azurite = azurite;
        azurite.Suspend();
    }

    public ValueTask DisposeAsync()
    {
        _azurite.Resume();
        return ValueTask.CompletedTask;
    }
}
