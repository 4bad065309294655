using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>The monitor's own probe in a process of its own, without the store (bench/Prober).</summary>
internal sealed class BareProber(string program, StubFleet stubs) : ITicker
{
    private LineProcess? process;

    public string Name => "monerocloud, no store";

    public IReadOnlyList<int> Pids => [Process.Pid];

    private LineProcess Process => process ?? throw new InvalidOperationException("not started");

    public Task<string> VersionAsync(CancellationToken cancellation) => Task.FromResult("this commit");

    public async Task StartAsync(CancellationToken cancellation)
    {
        process = new LineProcess(program, Text(stubs.FirstPort), Text(stubs.Count), Text(TickBench.AtOnce));
        await process.ReadAsync(cancellation);
    }

    public Task WaitForTurnAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<TickEnd> TickAsync(CancellationToken cancellation)
    {
        // answered N other N ms T
        var words = (await Process.AskAsync("", cancellation)).Split(' ');
        return new TickEnd(int.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[5], CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
