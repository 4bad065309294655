using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MoneroCloud.Testing;

/// <summary>A real program of the test's own that listens on a loopback port. It inherits the run's environment and is killed at the end.</summary>
public sealed partial class RealProgram : IAsyncDisposable
{
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private const int LinesKept = 40;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private bool disposed;

    private RealProgram(Process process) => this.process = process;

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Starts it and waits until its port accepts, 20 s unless told otherwise. Its HOME is <paramref name="home"/>.</summary>
    public static async Task<RealProgram> StartAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string home, int port, TimeSpan? within = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = home,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var program = new RealProgram(process);
        process.OutputDataReceived += program.Keep;
        process.ErrorDataReceived += program.Keep;
        process.Start();
        // A wallet-rpc whose output nobody reads hangs once the pipe is full.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await program.WaitForPortAsync(port, within ?? StartLimit);
        return program;
    }

    /// <summary>SIGSTOP: it keeps its port and answers nothing, from the return of this on. A thread that runs on another core goes on until it sees the signal.</summary>
    public void Suspend()
    {
        Signal(SigStop);
        if (!SpinWait.SpinUntil(IsStopped, StopLimit))
        {
            throw new TimeoutException($"not all threads of {process.Id} are stopped after {StopLimit.TotalSeconds} s");
        }
    }

    /// <summary>SIGCONT.</summary>
    public void Resume() => Signal(SigContinue);

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation) => process.WaitForExitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await KillAsync();
        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    private void Signal(int signal)
    {
        if (Kill(process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"signal {signal} to {process.Id}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    private bool IsStopped()
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process.Id}/task").All(t => File.ReadAllText(Path.Combine(t, "stat")) is var stat && stat[stat.LastIndexOf(')') + 2] is 'T' or 't');
        }
        catch (IOException)
        {
            return false; // A thread has just ended.
        }
    }

    private async Task WaitForPortAsync(int port, TimeSpan within)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await AcceptsAsync(port))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(begun) > within)
            {
                var state = process.HasExited ? $"exited with {process.ExitCode}" : "did not listen in time";
                await DisposeAsync();
                throw new InvalidOperationException($"{process.StartInfo.FileName} {state}:\n{string.Join('\n', lines)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lines.Enqueue(line.Data);
        while (lines.Count > LinesKept)
        {
            lines.TryDequeue(out _);
        }
    }
}
