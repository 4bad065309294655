using System.Net;
using System.Net.Sockets;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Listens for Prometheus where agent.json says, and follows it at each reload. Where it cannot, that is told and nothing else is touched.</summary>
internal sealed class MetricsDesk(Func<IPEndPoint?> wanted, Func<MetricsFormat, ReadOnlyMemory<byte>> metrics, TimeProvider time, AgentLog log) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Task> _ending = [];
    private IPEndPoint? _asked;
    private MetricsServer? _server;

    /// <summary>At the start, and when the configuration may have changed.</summary>
    public void Follow()
    {
        lock (_lock)
        {
            var next = wanted();
            if (Equals(next, _asked) && (next is null || _server is not null))
            {
                return;
            }

            End_NeedsLock();
            _asked = next;
            if (next is not null)
            {
                Begin_NeedsLock(next);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] ending;
        lock (_lock)
        {
            End_NeedsLock();
            ending = [.. _ending];
        }

        await Task.WhenAll(ending);
    }

    private void Begin_NeedsLock(IPEndPoint listen)
    {
        try
        {
            _server = new MetricsServer(listen, metrics, time, log);
            log.Write("metrics", $"http://{_server.Endpoint}/metrics");
        }
        catch (SocketException e)
        {
            log.Write("metrics", $"cannot listen on {listen}: {e.SocketErrorCode}; a reload tries again");
        }
    }

    private void End_NeedsLock()
    {
        if (_server is { } server)
        {
            _server = null;
            _ending.RemoveAll(t => t.IsCompletedSuccessfully);
            _ending.Add(server.DisposeAsync().AsTask());
        }
    }
}
