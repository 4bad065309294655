using System.Diagnostics;
using MoneroCloud.Watchdog;

namespace MoneroCloud.Testing;

/// <summary>
/// One run of a test program: its folder, and the mark that every process it starts inherits. A watchdog ends what carries the mark, and
/// removes the folder, when the program has ended in whatever way: docs/decisions/0002-test-runs.md.
/// </summary>
public static class TestRun
{
    /// <summary>Carried by every process of the run, so that the watchdog finds all of them. Never clear it in a child's environment.</summary>
    public const string MarkVariable = RunMark.Variable;

    /// <summary>The run's folder, for processes of the run.</summary>
    public const string FolderVariable = "MONEROCLOUD_TEST_FOLDER";

    private const string TemporaryFolderVariable = "TMPDIR";

    // Before Run, which needs it.
    private static readonly string WatchdogFile = Path.Combine(AppContext.BaseDirectory, "MoneroCloud.Watchdog.dll");

    private static readonly (string Mark, string Folder) Run = Inherited() ?? StartWatchdog();

    /// <summary>The mark's value.</summary>
    public static string Mark => Run.Mark;

    /// <summary>The run's folder, which is also the temporary folder of its processes.</summary>
    public static string Folder => Run.Folder;

    /// <summary>A new empty folder of this run, with a path short enough for a unix socket in it.</summary>
    public static string NewFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(Folder, $"{name[..Math.Min(name.Length, 24)]}-{Guid.NewGuid():N}"[..^24])).FullName;

    private static (string, string)? Inherited() =>
        Environment.GetEnvironmentVariable(MarkVariable) is { Length: > 0 } mark &&
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
            ? (mark, folder)
            : null;

    private static (string, string) StartWatchdog()
    {
        var start = new ProcessStartInfo(DotnetHost.File)
        {
            ArgumentList = { WatchdogFile, "--runner", $"{Environment.ProcessId}" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var watchdog = Process.Start(start) ?? throw new InvalidOperationException("no watchdog");
        watchdog.StandardInput.Close();
        var words = watchdog.StandardOutput.ReadLine()?.Split(' ', 2);
        if (words is not [var mark, var folder])
        {
            throw new InvalidOperationException($"the watchdog {WatchdogFile} did not start");
        }

        Environment.SetEnvironmentVariable(MarkVariable, mark);
        Environment.SetEnvironmentVariable(FolderVariable, folder);
        Environment.SetEnvironmentVariable(TemporaryFolderVariable, folder);
        return (mark, folder);
    }
}
