using System.Diagnostics;

namespace MoneroCloud.Bench;

/// <summary>Runs other programs.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Starts a program in a session of its own (a Ctrl-C here must not reach it), with its output in a file.</summary>
    public static Process Start(string logFile, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetDirectoryName(logFile) };
        string[] arguments = ["-c", "exec setsid \"$@\" </dev/null >>\"$0\" 2>&1", logFile, .. command];
        return Begin(start, environment, arguments);
    }

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    /// <exception cref="BenchException">It failed, or took over two minutes.</exception>
    public static async Task<string> RunAsync(
        IReadOnlyDictionary<string, string> environment, CancellationToken cancellation, params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Begin(start, environment, command[1..]);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(Patience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new BenchException($"{string.Join(' ', command)} did not end within {Patience.TotalSeconds:0} s");
        }

        return process.ExitCode == 0
            ? await output
            : throw new BenchException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await output}{await errors}");
    }

    public static Task<string> RunAsync(CancellationToken cancellation, params string[] command) =>
        RunAsync(new Dictionary<string, string>(), cancellation, command);

    /// <summary>The first line a program writes when asked for its version; "unknown" when it cannot be asked.</summary>
    public static async Task<string> VersionAsync(CancellationToken cancellation, params string[] command)
    {
        try
        {
            return (await RunAsync(cancellation, command)).Trim().Split('\n')[0];
        }
        catch (Exception failure) when (failure is BenchException or System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    private static Process Begin(
        ProcessStartInfo start, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new BenchException($"{start.FileName} did not start");
    }
}
