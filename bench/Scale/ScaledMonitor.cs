using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MoneroCloud.Core;

namespace MoneroCloud.Bench;

/// <summary>
/// The published handler in several processes over one Azurite and one broker, with the bench in the Functions host's place: the timer's call goes to one
/// of them, in turn, and each takes four messages at a time of the queue <c>probe-shards</c>. A tick ends with the last message that is done.
/// </summary>
internal sealed class ScaledMonitor(string folder, ScaleOptions options, FreePorts ports, StubFleet stubs, TableService table) : ITicker
{
    /// <summary>host.json's maxConcurrentCalls.</summary>
    private const int MessagesAtOnce = 4;

    /// <summary>A larger fleet is probed by messages, one a shard.</summary>
    private const int MostInOneRun = 300;

    private const int Shards = 16;
    private const string Queue = "probe-shards";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource end = new();
    private readonly SemaphoreSlim completed = new(0);
    private readonly List<HandlerInstance> handlers = [];
    private readonly List<Task> serving = [];
    private LineProcess? broker;
    private BusConnection? bus;
    private int turn;
    private int failed;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{options.Handlers} handlers, Azurite");

    public IReadOnlyList<int> Pids => [.. handlers.Select(h => h.Pid)];

    public int BrokerPid => broker?.Pid ?? throw new InvalidOperationException("not started");

    /// <summary>Messages that were not done the first time.</summary>
    public int Failed => Volatile.Read(ref failed);

    public Task<string> VersionAsync(CancellationToken cancellation) => Task.FromResult("this commit");

    public async Task StartAsync(CancellationToken cancellation)
    {
        var port = ports.Next();
        broker = new LineProcess(options.Broker, Text($"{port}"), Path.Combine(folder, "bus.db"), Queue, "reports", "alerts");
        await broker.ReadAsync(cancellation);
        var address = Text($"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName=monitor;SharedAccessKey=key;UseDevelopmentEmulator=true");
        var config = Path.Combine(folder, "monitor.json");
        await File.WriteAllTextAsync(config, new JsonObject { ["nodes"] = stubs.AsNodes() }.ToJsonString(), cancellation);
        var environment = Environment(address);
        for (var i = 0; i < options.Handlers; i++)
        {
            handlers.Add(await HandlerInstance.StartAsync(folder, options.Monitor, config, ports.Next(), environment, cancellation));
        }

        bus = new BusConnection(BusAddress.Parse(address), new BusOptions(), TimeProvider.System);
        serving.AddRange(handlers.SelectMany(h => Enumerable.Range(0, MessagesAtOnce).Select(_ => ServeAsync(h))));
    }

    public Task WaitForTurnAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<TickEnd> TickAsync(CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        if (!await handlers[turn++ % handlers.Count].InvokeAsync("probe", HandlerPayload.Timer("probe"), cancellation))
        {
            throw new BenchException($"the timer's call failed: {string.Join('\n', handlers.SelectMany(h => h.Log().TakeLast(3)))}");
        }

        for (var i = 0; stubs.Count > MostInOneRun && i < Shards; i++)
        {
            if (!await completed.WaitAsync(Patience, cancellation))
            {
                throw new BenchException($"only {i} of {Shards} messages were done: {string.Join('\n', handlers.SelectMany(h => h.Log().TakeLast(3)))}");
            }
        }

        return new TickEnd(0, TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
    }

    public Task<int> WorkingAsync(CancellationToken cancellation) => handlers[0].WorkingAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(serving);
        await (bus?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var handler in handlers)
        {
            await handler.DisposeAsync();
        }

        await (broker?.DisposeAsync() ?? ValueTask.CompletedTask);
        end.Dispose();
        completed.Dispose();
    }

    private async Task ServeAsync(HandlerInstance handler)
    {
        try
        {
            await using var receiver = bus!.OpenReceiver(Queue, 1);
            while (true)
            {
                var message = await receiver.ReceiveAsync(end.Token);
                if (await handler.InvokeAsync("probe-shard", HandlerPayload.Message("probe-shard", message), end.Token))
                {
                    await message.CompleteAsync();
                    completed.Release();
                }
                else
                {
                    Interlocked.Increment(ref failed);
                    await message.AbandonAsync();
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
    }

    private Dictionary<string, string> Environment(string busAddress)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new Dictionary<string, string>
        {
            ["MONITOR_SIGNING_KEY"] = key.ExportPkcs8PrivateKeyPem(),
            ["OPERATOR_KEY"] = new string('o', 43),
            ["VIEWER_KEY"] = new string('v', 43),
            ["AzureWebJobsStorage"] = table.ConnectionString,
            ["ServiceBus"] = busAddress,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
