using System.Diagnostics;
using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>Azurite's table service on a port of loopback; it writes a line for each request that it answers.</summary>
internal sealed class TableService : IAsyncDisposable
{
    /// <summary>Azurite's well-known account: a secret of nobody.</summary>
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int port;
    private readonly string log;
    private readonly Process process;

    private TableService(int port, string log, Process process) => (this.port, this.log, this.process) = (port, log, process);

    public int Pid => process.Id;

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"DefaultEndpointsProtocol=http;{Account};TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1;");

    public static async Task<TableService> StartAsync(string folder, string main, int port, CancellationToken cancellation)
    {
        var log = Path.Combine(folder, "azurite.out");
        var process = Shell.Start(
            log, new Dictionary<string, string>(),
            Nursery.Find("node"), main, "--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture), "--location", folder,
            "--disableTelemetry", "--skipApiVersionCheck");
        var service = new TableService(port, log, process);
        for (var began = TimeProvider.System.GetTimestamp(); !await HttpAnswer.ComesAsync(port, cancellation);)
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                await service.DisposeAsync();
                throw new BenchException("Azurite does not answer");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }

        return service;
    }

    /// <summary>Requests that were answered since its start.</summary>
    public int Requests()
    {
        using var lines = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var count = 0;
        while (lines.ReadLine() is { } line)
        {
            count += line.Contains("/devstoreaccount1/", StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
