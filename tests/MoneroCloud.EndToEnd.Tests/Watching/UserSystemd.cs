using System.Diagnostics;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// A real systemd, as a user's manager of its own. It refuses to run where no systemd booted the machine, so it gets a mount namespace in which
/// <c>/run/systemd/system</c> exists; its socket is in <see cref="Folder"/>, where systemctl finds it from outside, too.
/// </summary>
internal sealed class UserSystemd : IAsyncDisposable
{
    private const string Program = "/usr/lib/systemd/systemd";

    private const string Script =
        """
        mount --make-rprivate / && mkdir -p "$HOME/run/systemd/system" && mount --bind "$HOME/run" /run || exit 90
        exec /usr/lib/systemd/systemd --user --log-target=console --unit=none.target
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private UserSystemd(Process process, string folder) => (_process, Folder) = (process, folder);

    /// <summary>The runtime directory and the home.</summary>
    public string Folder { get; }

    /// <summary>Runs the agent so that its systemctl speaks to this manager.</summary>
    public string[] Launcher => ["env", $"XDG_RUNTIME_DIR={Folder}", $"HOME={Folder}", "DBUS_SESSION_BUS_ADDRESS="];

    /// <summary>Skips the test where there is no systemd or no right to a mount namespace.</summary>
    public static async Task<UserSystemd> StartAsync(CancellationToken cancellation, params (string Name, string Service)[] units)
    {
        Assert.SkipUnless(File.Exists(Program) && Environment.IsPrivilegedProcess, "systemd is not installed, or a mount namespace needs root");
        var folder = TestRun.NewFolder("systemd");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var own = Directory.CreateDirectory(Path.Combine(folder, ".config/systemd/user")).FullName;
        await File.WriteAllTextAsync(Path.Combine(own, "none.target"), "[Unit]\nDefaultDependencies=no\n", cancellation);
        foreach (var (name, service) in units)
        {
            await File.WriteAllTextAsync(Path.Combine(own, name), $"[Unit]\nDefaultDependencies=no\n[Service]\n{service}\n", cancellation);
        }

        var start = new ProcessStartInfo("unshare", ["--mount", "bash", "-c", Script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = start.Environment["XDG_RUNTIME_DIR"] = folder;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var systemd = new UserSystemd(process, folder);
        try
        {
            await systemd.RunningAsync(cancellation);
            return systemd;
        }
        catch
        {
            await systemd.DisposeAsync();
            throw;
        }
    }

    public async Task<(int Exit, string Out)> ControlAsync(CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo("systemctl", ["--user", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = start.Environment["XDG_RUNTIME_DIR"] = Folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output + await error);
    }

    public async Task<int> MainPidAsync(string unit, CancellationToken cancellation) =>
        int.Parse((await ControlAsync(cancellation, "show", "--property=MainPID", "--value", unit)).Out, System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        // Its orderly end takes its units along.
        AgentUnderTest.Send(_process.Id, Signals.Terminate);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task RunningAsync(CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();

        // is-system-running would say "offline" from outside of the namespace, whatever the manager says.
        while ((await ControlAsync(cancellation, "show", "--property=Version")).Exit != 0)
        {
            Assert.SkipWhen(_process.HasExited, "this machine lets no systemd run in a mount namespace");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "systemd did not come up");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }
}
