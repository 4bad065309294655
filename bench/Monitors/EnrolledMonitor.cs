using System.Globalization;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>A standalone monitor that one agent is enrolled with, over TLS.</summary>
internal sealed class EnrolledMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FreePorts ports = new();
    private readonly StandaloneMonitor monitor;
    private readonly string trustFile;
    private readonly int tlsPort;
    private TlsFront? front;

    public EnrolledMonitor(RunFolder folder, string program)
    {
        monitor = new StandaloneMonitor(folder.New("monitor"), program, ports);
        trustFile = Path.Combine(folder.Path, "trusted.pem");
        tlsPort = ports.Next();
    }

    /// <summary>For the agent, so that it trusts the certificate of the connection.</summary>
    public IReadOnlyDictionary<string, string> AgentEnvironment => new Dictionary<string, string> { ["SSL_CERT_FILE"] = trustFile };

    public async Task StartAsync(CancellationToken cancellation)
    {
        var settings = new JsonObject { ["agentsBus"] = string.Create(CultureInfo.InvariantCulture, $"amqps://127.0.0.1:{tlsPort}") };
        await monitor.StartAsync(settings, new Dictionary<string, string>(), cancellation);
        front = new TlsFront(tlsPort, trustFile, monitor.BusPort);
    }

    /// <summary>Enrols it, and waits for its first report.</summary>
    public async Task EnrolAsync(MoneroCloudAgent agent, CancellationToken cancellation)
    {
        await agent.EnrolAsync(monitor, cancellation);
        await using var state = new StateReader(monitor.StateFile);
        var began = TimeProvider.System.GetTimestamp();
        while (await state.ValueAsync("(SELECT count(*) FROM MoneroState WHERE Key LIKE 'n|bench.%')", cancellation) == "0")
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new BenchException("the monitor has no report of the agent");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Other than one connection from the first report to the end is another case than the one that is measured.</summary>
    public IReadOnlyList<string> Faults() =>
        front is { Connections: 1 } ? [] : [string.Create(CultureInfo.InvariantCulture, $"the agent made {front?.Connections ?? 0} connections, not one")];

    public async ValueTask DisposeAsync()
    {
        await (front?.DisposeAsync() ?? ValueTask.CompletedTask);
        await monitor.DisposeAsync();
    }
}
