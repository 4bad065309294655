using System.Diagnostics;

namespace MoneroCloud.Bench;

/// <summary>A program that answers each line on its standard input with one line, and ends with its standard input.</summary>
internal sealed class LineProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly string name;

    public LineProcess(params string[] command)
    {
        name = Path.GetFileName(command[0]);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        process = Process.Start(start) ?? throw new BenchException($"{command[0]} did not start");
    }

    public int Pid => process.Id;

    public async Task<string> AskAsync(string line, CancellationToken cancellation)
    {
        await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation);
        return await ReadAsync(cancellation);
    }

    /// <summary>The next line it writes by itself.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellation) =>
        await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new BenchException($"{name} ended");

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
