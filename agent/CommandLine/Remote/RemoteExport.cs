using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A monitor's state into one file, page by page.</summary>
internal sealed class RemoteExport(RemoteMonitor monitor)
{
    public const string NotInIt = "Not in it: signing and API keys, the values of the variables that monitor.json names, the passwords of the bus, and what is on its way (alerts, orders).";

    private const int Shards = 16;

    /// <param name="force">Over a file that is there.</param>
    public async Task<int> RunAsync(string path, bool force, CancellationToken cancellation)
    {
        var shell = monitor.Shell;
        if (!force && Path.Exists(path))
        {
            return shell.Fail(CommandLineRoot.UsageError, ShownText.Printable($"{path} is there already: --force replaces it"));
        }

        var header = new ExportHeader { Format = ExportHeader.OfMonitor, Version = ExportHeader.Newest, Program = ProgramVersion.Text, At = shell.Time.GetUtcNow() };
        await using var file = await StateFileWriter.CreateAsync(path, header, cancellation);
        for (var shard = 0; shard < Shards; shard++)
        {
            if (await WriteAsync(file, shard, cancellation) is { } failure)
            {
                return failure;
            }
        }

        var footer = await file.FinishAsync(cancellation);
        await shell.Output.WriteLineAsync(ShownText.Printable($"{footer.Rows} rows in {path}, SHA-256 {footer.Sha256}"));
        await shell.Output.WriteLineAsync(NotInIt);
        return ExitCode.Working;
    }

    /// <returns>The exit code where a page does not come; null when all of the shard is written.</returns>
    private async Task<int?> WriteAsync(StateFileWriter file, int shard, CancellationToken cancellation)
    {
        string? after = null;
        do
        {
            var reply = await monitor.Client.Operators.ExportAsync(shard, after, cancellation);
            if (reply is not MonitorReply<ExportPage>.Got { Value: var page })
            {
                return monitor.Fail(reply);
            }

            foreach (var row in page.Rows)
            {
                await file.WriteAsync(row, cancellation);
            }

            after = page.Next;
        }
        while (after is not null);

        return null;
    }
}
