using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using MoneroCloud.Agent;
using MoneroCloud.Core;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The published program as a process, with the environment that a test gives it.</summary>
internal sealed partial class MonitorProcess : IDisposable
{
    private static readonly Lazy<string> SigningKeyPem = new(() =>
    {
        using var key = SigningKey.Create();
        return key.ExportPem();
    });

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly long _begun;

    public MonitorProcess(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _begun = TimeProvider.System.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Output => [.. _output];

    public IReadOnlyList<string> Errors => [.. _errors];

    public bool HasExited => _process.HasExited;

    /// <summary>The environment of the Functions host's contract, and hostile or useless settings beside it.</summary>
    public static Dictionary<string, string> HandlerEnvironment(int port) => new()
    {
        ["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}",
        ["ASPNETCORE_URLS"] = "http://0.0.0.0:1",
        ["ASPNETCORE_HTTP_PORTS"] = "1",
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "Nothing.Of.This.Name",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Kestrel__Endpoints__Http__Url"] = "http://0.0.0.0:1",
        ["MONITOR_SIGNING_KEY"] = SigningKeyPem.Value,
        ["OPERATOR_KEY"] = new string('o', 43),
        ["VIEWER_KEY"] = new string('v', 43),
        // Nobody listens there.
        ["AzureWebJobsStorage"] = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:1/a;",
        ["ServiceBus"] = "Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=a;SharedAccessKey=YQ==;UseDevelopmentEmulator=true;",
    };

    /// <summary>Tries until it answers; how long it took from its start.</summary>
    public async Task<TimeSpan> AnswersAsync(int port)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (TimeProvider.System.GetElapsedTime(_begun) < TimeSpan.FromSeconds(20) && !_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
                return TimeProvider.System.GetElapsedTime(_begun);
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }
        }

        throw new InvalidOperationException($"it does not answer: {string.Join('\n', Output.Concat(Errors))}");
    }

    /// <summary>Which addresses it listens at.</summary>
    public IReadOnlyList<(HostAddress Address, int Port)> Listeners()
    {
        using var sockets = new SockDiag();
        var listeners = new List<Listener>();
        if (!sockets.TryListeners(listeners, out var error))
        {
            throw new InvalidOperationException($"{error}");
        }

        var mine = Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet();
        return [.. listeners.Where(listener => mine.Contains($"socket:[{listener.Inode}]")).Select(listener => (listener.Address, listener.Port))];
    }

    public void Signal(int number) => Xunit.Assert.Equal(0, Kill(_process.Id, number));

    public async Task<int> EndsAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit(); // Until all it wrote is read, too.
        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
