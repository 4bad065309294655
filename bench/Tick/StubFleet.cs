using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>peers/stubs.c, running: nodes that answer, or hang, all in one process that is not measured.</summary>
internal sealed class StubFleet : IAsyncDisposable
{
    private readonly LineProcess process;

    private StubFleet(LineProcess process, int firstPort, int count, int hung) =>
        (this.process, FirstPort, Count, Hung) = (process, firstPort, count, hung);

    public int FirstPort { get; }

    public int Count { get; }

    public int Hung { get; }

    public int Pid => process.Pid;

    public IEnumerable<int> Ports => Enumerable.Range(FirstPort, Count);

    public static async Task<StubFleet> StartAsync(RunFolder folder, FreePorts ports, int count, int hung, CancellationToken cancellation)
    {
        var program = Path.Combine(folder.Path, "stubs");
        await Shell.RunAsync(cancellation, "cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, RunFolder.Peer("stubs.c"));
        var first = ports.Row(count);
        var process = new LineProcess(program, Text(first), Text(count), Text(hung));
        return await process.ReadAsync(cancellation) == "ready"
            ? new StubFleet(process, first, count, hung)
            : throw new BenchException("the stubs did not start");
    }

    /// <summary>Answers sent since this was asked before.</summary>
    public async Task<int> AnswersAsync(CancellationToken cancellation) =>
        int.Parse((await process.AskAsync("", cancellation)).Split(' ')[1], CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
