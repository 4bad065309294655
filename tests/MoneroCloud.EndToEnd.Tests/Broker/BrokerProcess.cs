using System.Diagnostics;
using System.Globalization;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The embedded broker in a process of its own, with one queue <c>q</c> unless others are named; it can be killed and started again on the same port and data.</summary>
internal sealed class BrokerProcess(params string[] queues) : IAsyncDisposable
{
    private readonly string _data = Path.Combine(TestRun.NewFolder("broker"), "bus.db");
    private Process? _process;

    public int Port { get; } = FreePort.Next();

    /// <summary>For Service Bus's own clients too.</summary>
    public string ConnectionString => $"Endpoint=sb://localhost:{Port};SharedAccessKeyName=monitor;SharedAccessKey=key;UseDevelopmentEmulator=true";

    /// <summary>For our own.</summary>
    public string Local => ConnectionString.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);

    public static async Task<BrokerProcess> StartAsync(CancellationToken cancellation, params string[] queues)
    {
        var broker = new BrokerProcess(queues is [] ? ["q"] : queues);
        await broker.StartAgainAsync(cancellation);
        return broker;
    }

    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(DotnetHost.File, [Path.Combine(AppContext.BaseDirectory, "MoneroCloud.TestBroker.dll"), Port.ToString(CultureInfo.InvariantCulture), _data, .. queues])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        if (await _process.StandardOutput.ReadLineAsync(cancellation) != "ready")
        {
            throw new InvalidOperationException("the broker did not start");
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public BusConnection Connect() => new(
        BusAddress.Parse(Local),
        new BusOptions { FirstBackOff = TimeSpan.FromMilliseconds(50), LongestBackOff = TimeSpan.FromMilliseconds(500), SendDeadline = TimeSpan.FromSeconds(3) },
        TimeProvider.System);

    public async ValueTask DisposeAsync() => await KillAsync();
}
