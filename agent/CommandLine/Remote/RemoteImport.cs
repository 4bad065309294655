using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A file of a monitor's state into a monitor: checked as a whole first, then part by part, from where an earlier try was cut.</summary>
internal sealed class RemoteImport(RemoteMonitor monitor)
{
    /// <summary>Together with what stands around them, less than a monitor takes.</summary>
    private const int MostBytes = 500_000;

    private const int MostRows = 500;

    /// <param name="overwrite">Also into a store that is not empty.</param>
    public async Task<int> RunAsync(string path, bool overwrite, CancellationToken cancellation)
    {
        var shell = monitor.Shell;
        try
        {
            var file = await StateFile.CheckAsync(path, cancellation);
            return await SendAsync(file, overwrite, cancellation);
        }
        catch (StateFileException e)
        {
            return shell.Fail(CommandLineRoot.UsageError, ShownText.Printable($"{path} {e.Message}"));
        }
    }

    private async Task<int> SendAsync(StateFile file, bool overwrite, CancellationToken cancellation)
    {
        var shell = monitor.Shell;
        var whole = new ImportRequest { File = file.Footer.Sha256, Total = file.Footer.Rows, Overwrite = overwrite };
        if (await TellAsync(whole, cancellation) is not (var begun, 0))
        {
            return ExitCode.Failed;
        }

        if (begun!.Done && whole.Total > 0)
        {
            await shell.Output.WriteLineAsync($"all {whole.Total} rows of this file were imported before; --overwrite does it again");
            return ExitCode.Working;
        }

        var (part, bytes, from) = (new List<ExportedRow>(), 0, begun.Stored);
        await foreach (var row in file.RowsAsync(begun.Stored, cancellation))
        {
            var own = JsonSerializer.SerializeToUtf8Bytes(row, ApiJson.Default.ExportedRow).Length;
            if (part.Count == MostRows || (part.Count > 0 && bytes + own > MostBytes))
            {
                if (await TellAsync(whole with { From = from, Rows = [.. part] }, cancellation) is not (_, 0))
                {
                    return ExitCode.Failed;
                }

                (from, bytes) = (from + part.Count, 0);
                part.Clear();
            }

            part.Add(row);
            bytes += own;
        }

        if (part.Count > 0 && await TellAsync(whole with { From = from, Rows = [.. part] }, cancellation) is not (_, 0))
        {
            return ExitCode.Failed;
        }

        await SayAsync(file, begun.Stored);
        return ExitCode.Working;
    }

    /// <summary>The answer, or null and the exit code after saying why not.</summary>
    private async Task<(ImportAnswer? Answer, int Exit)> TellAsync(ImportRequest request, CancellationToken cancellation)
    {
        var reply = await monitor.Client.Operators.ImportAsync(request, cancellation);
        return reply is MonitorReply<ImportAnswer>.Got { Value: var answer } ? (answer, 0) : (null, monitor.Fail(reply));
    }

    private async Task SayAsync(StateFile file, long before)
    {
        var output = monitor.Shell.Output;
        var again = before > 0 ? $", {before} of them by an earlier try" : "";
        await output.WriteLineAsync($"{file.Footer.Rows} rows of {IsoTime.Of(file.Header.At)} are imported{again}");
        await output.WriteLineAsync("To be set again, since no secret is in the file: the monitor's signing key and API keys, and the variables that monitor.json names (channels, node logins).");
        await output.WriteLineAsync("Agents obey the signing key that they know: take it along, or enrol them anew.");
    }
}
