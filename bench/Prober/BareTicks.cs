using System.Globalization;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Bench.Prober;

/// <summary>What the monitor's tick does between the store and the store: it asks every node, so many at a time, and keeps the answers.</summary>
internal sealed class BareTicks : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly ProbeClients clients = new(TimeProvider.System, Deadline);
    private readonly SemaphoreSlim slots;
    private readonly ProbeTarget[] targets;

    public BareTicks(int firstPort, int count, int concurrency)
    {
        slots = new SemaphoreSlim(concurrency);
        targets = [.. Enumerable.Range(firstPort, count).Select(Target)];
    }

    /// <summary><c>answered N other N ms T</c>.</summary>
    public async Task<string> RunAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var answers = await Task.WhenAll(targets.Select(AskAsync));
        var answered = answers.Count(a => a is ApiAnswer.Answered);
        var milliseconds = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return string.Create(CultureInfo.InvariantCulture, $"answered {answered} other {answers.Length - answered} ms {milliseconds:0.000}");
    }

    public void Dispose()
    {
        clients.Dispose();
        slots.Dispose();
    }

    private static ProbeTarget Target(int port) => new()
    {
        Id = NodeId.TryParse(string.Create(CultureInfo.InvariantCulture, $"remote.stub-{port}"), out var id) ? id : throw new ArgumentOutOfRangeException(nameof(port)),
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
    };

    private async Task<ApiAnswer> AskAsync(ProbeTarget target)
    {
        await slots.WaitAsync();
        try
        {
            return await clients.AskAsync(target, NodeKind.WalletRpc, wallet: false, CancellationToken.None);
        }
        finally
        {
            slots.Release();
        }
    }
}
