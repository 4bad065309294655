using System.Text.Json.Nodes;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>An instance of the platform: a handler that is killed -9 now and then, and another in its place.</summary>
/// <param name="start">A new process; the argument is the point at which it kills itself, or null.</param>
internal sealed class HandlerSlot(Func<string?, Task<HandlerProcess>> start) : IDisposable
{
    private readonly List<string> _past = [];
    private volatile HandlerProcess? _process;

    /// <summary>Processes that ended by SIGKILL.</summary>
    public int Kills { get; private set; }

    /// <summary>Of those, the ones that killed themselves at a numbered step.</summary>
    public int KillsAtSteps { get; private set; }

    public bool IsDead => _process?.HasExited != false;

    /// <summary>Of all that were in this place.</summary>
    public IEnumerable<string> Output => [.. _past, .. _process?.Output ?? []];

    public async Task StartAsync(string? at = null) => _process = await start(at);

    public void Kill()
    {
        if (_process is not { } process)
        {
            return;
        }

        KillsAtSteps += process.HasExited ? 1 : 0;
        _process = null;
        process.Dispose();
        _past.AddRange(process.Output);
        Kills++;
    }

    /// <summary>Whether the trigger says that all is done; of a process that is gone, or goes meanwhile, false.</summary>
    public async Task<bool> InvokeAsync(string function, byte[] payload, CancellationToken cancellation)
    {
        try
        {
            return _process is { } process && await process.InvokeAsync(function, payload, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The status and the order's id; null where the answer did not come.</summary>
    public async Task<(int Status, string? Order)?> RestartAsync(string node)
    {
        try
        {
            return _process is { } process && await process.PostAsync($"api/nodes/{node}/restart") is var (status, body) ? (status, (string?)body["id"]) : null;
        }
        catch (Exception e) when (e is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task<(int Status, JsonNode Body)> PostAsync(string path, JsonNode? body) => _process!.PostAsync(path, body);

    public void Dispose() => _process?.Dispose();
}
