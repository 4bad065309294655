using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// A file of a monitor's state into a monitor. It is checked as a whole first, then the monitor looks at every row of it without writing any, and only then it is sent to be
/// stored, part by part, from where an earlier try was cut.
/// </summary>
internal sealed class RemoteImport(RemoteMonitor monitor)
{
    /// <summary>Together with what stands around them, less than a monitor takes.</summary>
    private const int MostBytes = 500_000;

    private const int MostRows = 500;

    /// <param name="overwrite">Also into a store that is not empty.</param>
    /// <param name="dryRun">Only look.</param>
    public async Task<int> RunAsync(string path, bool overwrite, bool dryRun, CancellationToken cancellation)
    {
        var shell = monitor.Shell;
        try
        {
            var file = await StateFile.CheckAsync(path, cancellation);
            var whole = new ImportRequest { File = file.Footer.Sha256, Total = file.Footer.Rows, Overwrite = overwrite };
            return await CheckAsync(path, file, whole with { Check = true }, dryRun, cancellation) ?? await StoreAsync(path, file, whole, cancellation);
        }
        catch (StateFileException e)
        {
            return shell.Fail(CommandLineRoot.UsageError, ShownText.Printable($"{path} {e.Message}"));
        }
    }

    /// <returns>The exit code where nothing is to be stored, after saying why; null where all rows may be.</returns>
    private async Task<int?> CheckAsync(string path, StateFile file, ImportRequest look, bool dryRun, CancellationToken cancellation)
    {
        var shell = monitor.Shell;
        var (begun, failure) = await TellAsync(look, cancellation);
        if (begun is null)
        {
            return shell.Fail(ExitCode.Failed, ShownText.Printable($"{path} is not imported: {failure}"));
        }

        if (begun.Checked is not true)
        {
            return shell.Fail(ExitCode.Failed, "the monitor is of a version that cannot look at a file without storing it: install this one there first");
        }

        if (begun.Done && look.Total > 0)
        {
            await shell.Output.WriteLineAsync($"all {look.Total} rows of this file were imported before; --overwrite does it again");
            return ExitCode.Working;
        }

        // What an earlier try stored was looked at then.
        var (_, problem) = await SendAsync(file, look, begun.Stored, cancellation);
        if (problem is not null)
        {
            var left = begun.Stored > 0 ? $"no more of it was written than the {begun.Stored} rows of a try that was cut" : "nothing of it was written";
            return shell.Fail(ExitCode.Failed, ShownText.Printable($"{path} is not imported, and {left}: {problem}"));
        }

        if (!dryRun)
        {
            return null;
        }

        var before = begun.Stored > 0 ? $"; {begun.Stored} of them are stored already, by a try that was cut" : "";
        await shell.Output.WriteLineAsync($"{look.Total} rows of {IsoTime.Of(file.Header.At)} can be imported{before}. Nothing was written.");
        return ExitCode.Working;
    }

    private async Task<int> StoreAsync(string path, StateFile file, ImportRequest whole, CancellationToken cancellation)
    {
        var (begun, failure) = await TellAsync(whole, cancellation);
        if (begun is null)
        {
            return monitor.Shell.Fail(ExitCode.Failed, ShownText.Printable($"{path} is not imported: {failure}"));
        }

        var (stored, problem) = await SendAsync(file, whole, begun.Stored, cancellation);
        if (problem is not null)
        {
            var half = $"the import of {path} was cut: at least {stored} of {whole.Total} rows are stored, and the monitor's health says \"import\" until all are. Give the same command again: it goes on there";
            return monitor.Shell.Fail(ExitCode.Failed, ShownText.Printable($"{problem}; {half}"));
        }

        await SayAsync(path, file, begun.Stored);
        return ExitCode.Working;
    }

    /// <returns>How far it came, and why not to the end; null when all were taken.</returns>
    private async Task<(long Sent, string? Problem)> SendAsync(StateFile file, ImportRequest whole, long from, CancellationToken cancellation)
    {
        await foreach (var part in PartsAsync(file, from, cancellation))
        {
            var (answer, failure) = await TellAsync(whole with { From = from, Rows = [.. part] }, cancellation);
            if (answer is null)
            {
                return (from, failure);
            }

            from += part.Count;
        }

        return (from, null);
    }

    private static async IAsyncEnumerable<List<ExportedRow>> PartsAsync(StateFile file, long skip, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (part, bytes) = (new List<ExportedRow>(), 0);
        await foreach (var row in file.RowsAsync(skip, cancellation))
        {
            var own = JsonSerializer.SerializeToUtf8Bytes(row, ApiJson.Default.ExportedRow).Length;
            if (part.Count == MostRows || (part.Count > 0 && bytes + own > MostBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(row);
            bytes += own;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>The answer, or null and why there is no good one.</summary>
    private async Task<(ImportAnswer? Answer, string? Failure)> TellAsync(ImportRequest request, CancellationToken cancellation)
    {
        var reply = await monitor.Client.Operators.ImportAsync(request, cancellation);
        return reply is MonitorReply<ImportAnswer>.Got { Value: var answer } ? (answer, null) : (null, monitor.Explain(reply).Text);
    }

    private async Task SayAsync(string path, StateFile file, long before)
    {
        var output = monitor.Shell.Output;
        var again = before > 0 ? $", {before} of them by an earlier try" : "";
        await output.WriteLineAsync($"{file.Footer.Rows} rows of {IsoTime.Of(file.Header.At)} are imported{again}");
        await output.WriteLineAsync(file.Config is null
            ? "There is no configuration in the file."
            : ShownText.Printable($"The configuration that it ran with is not put in place of this monitor's own: 'monerocloud config extract {path} --output FILE' writes it."));
        await output.WriteLineAsync("To be set again, since no secret is in the file: the monitor's signing key and API keys, and the variables that monitor.json names (channels, node logins).");
        await output.WriteLineAsync("Agents obey the signing key that they know: take it along, or enrol them anew.");
    }
}
