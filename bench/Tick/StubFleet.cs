using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>peers/stubs.c, running: nodes that answer, or hang, all in one process that is not measured.</summary>
internal sealed class StubFleet : IAsyncDisposable
{
    private readonly LineProcess process;

    private readonly IPAddress address;

    private StubFleet(LineProcess process, IPAddress address, int firstPort, int count, int hung) =>
        (this.process, this.address, FirstPort, Count, Hung) = (process, address, firstPort, count, hung);

    public int FirstPort { get; }

    public int Count { get; }

    public int Hung { get; }

    public int Pid => process.Pid;

    public IEnumerable<int> Ports => Enumerable.Range(FirstPort, Count);

    /// <summary>As monitor.json declares them.</summary>
    public JsonObject AsNodes() => new(Ports.Select(port => KeyValuePair.Create(
        string.Create(CultureInfo.InvariantCulture, $"remote.stub-{port}"),
        (JsonNode?)new JsonObject { ["kind"] = "walletRpc", ["probeUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://{address}:{port}") })));

    public static Task<StubFleet> StartAsync(RunFolder folder, FreePorts ports, int count, int hung, CancellationToken cancellation) =>
        StartAsync(folder, ports, IPAddress.Loopback, count, hung, cancellation);

    /// <param name="address">Of loopback; another than 127.0.0.1 has all its ports free.</param>
    public static async Task<StubFleet> StartAsync(RunFolder folder, FreePorts ports, IPAddress address, int count, int hung, CancellationToken cancellation)
    {
        var program = Path.Combine(folder.Path, "stubs");
        await Shell.RunAsync(cancellation, "cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, RunFolder.Peer("stubs.c"));
        var first = ports.Row(count, address);
        var process = new LineProcess(program, Text(first), Text(count), Text(hung), $"{address}");
        return await process.ReadAsync(cancellation) == "ready"
            ? new StubFleet(process, address, first, count, hung)
            : throw new BenchException("the stubs did not start");
    }

    /// <summary>Answers sent since this was asked before.</summary>
    public async Task<int> AnswersAsync(CancellationToken cancellation) =>
        int.Parse((await process.AskAsync("", cancellation)).Split(' ')[1], CultureInfo.InvariantCulture);

    public bool IsGone { get; private set; }

    /// <summary>From here on every connection is refused.</summary>
    public async Task EndAsync()
    {
        if (!IsGone)
        {
            IsGone = true;
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
