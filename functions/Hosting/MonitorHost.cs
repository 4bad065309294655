using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Functions;

/// <summary>
/// Runs the monitor in either mode: opens the listener, owns every task beside it, and ends with the first fault or signal. It connects to
/// nothing before it answers, for the Functions host waits for the answer.
/// </summary>
internal sealed partial class MonitorHost(StartUp.Ready start, MonitorParts parts)
{
    /// <summary>What runs gets this long to end after a signal.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    /// <summary>And this long after it was cut off; what does not end then is left behind with the process.</summary>
    private static readonly TimeSpan AfterCutOff = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _log = parts.Logs.CreateLogger(nameof(MonitorHost));

    /// <summary>Completes when the listener is open; never, when it cannot be opened.</summary>
    public Task Listening => _listening.Task;

    /// <param name="signal">Completes with the number of the signal that asks for the stop.</param>
    /// <param name="hurry">The stop shall not wait for what runs.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Task<int> signal, CancellationToken hurry)
    {
        try
        {
            return await StartAsync(signal, hurry);
        }
        catch (Exception e)
        {
            Log.Crashed(_log, e);
            return ExitCodes.Fault;
        }
    }

    private async Task<int> StartAsync(Task<int> signal, CancellationToken hurry)
    {
        using var cutOff = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        var table = new TriggerTable(
            start.Functions, parts.Triggers, InvocationLimits.Of(start.Host.FunctionTimeout), parts.Time, parts.Logs.CreateLogger<TriggerTable>());
        if (!TryTasks(new TriggerHost(table, parts.Time, cutOff.Token), out var tasks, out var error))
        {
            Log.Refused(_log, error);
            return ExitCodes.Refused;
        }

        var triggers = start.Mode is HostMode.Handler ? new TriggerGate(table, parts.Logs.CreateLogger<TriggerGate>(), cutOff.Token) : null;
        await using var server = HttpServer.Build(start.Mode, new RequestGate(triggers, parts.Logs.CreateLogger<RequestGate>()), parts);
        return await TryListenAsync(server) ? await RunAsync(server, tasks, signal, cutOff) : ExitCodes.Fault;
    }

    private bool TryTasks(TriggerHost host, out IReadOnlyList<OwnedTask> tasks, out string error)
    {
        (tasks, error) = (parts.Tasks, TriggerCoverage.Error(start.Functions, parts.Triggers) ?? "");
        if (error.Length > 0)
        {
            return false;
        }

        if (start.Mode is HostMode.Handler)
        {
            return true;
        }

        var created = StandaloneLoops.TryCreate(start, parts, host, out var loops, out error);
        tasks = [.. parts.Tasks, .. loops];
        return created;
    }

    private async Task<bool> TryListenAsync(WebApplication server)
    {
        try
        {
            await server.StartAsync(CancellationToken.None);
            Log.Listening(_log, start.Mode.GetType().Name, start.Mode.Listen);
            _listening.TrySetResult();
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Log.NotListening(_log, start.Mode.Listen, e.Message);
            return false;
        }
    }

    private async Task<int> RunAsync(WebApplication server, IReadOnlyList<OwnedTask> tasks, Task<int> signal, CancellationTokenSource cutOff)
    {
        using var stop = new CancellationTokenSource();
        var running = tasks.Select(task => WatchAsync(task, stop.Token)).ToArray();
        var ended = Task.WhenAny([signal, .. running, HttpEndedAsync(server)]);
        var code = await ended == signal ? Stopped(await signal) : ExitCodes.Fault;
        await stop.CancelAsync();
        var draining = Task.WhenAll([.. running, server.StopAsync(cutOff.Token)]);
        cutOff.CancelAfter(Drain);
        return await DrainAsync(draining, cutOff.Token) ? code : Math.Max(code, ExitCodes.Fault);
    }

    private int Stopped(int signal)
    {
        Log.Stopping(_log, signal);
        return start.Mode is HostMode.Handler ? ExitCodes.Signalled(signal) : ExitCodes.Stopped;
    }

    /// <summary>False when something was left running.</summary>
    private async Task<bool> DrainAsync(Task draining, CancellationToken cutOff)
    {
        try
        {
            await draining.WaitAsync(cutOff);
        }
        catch (OperationCanceledException)
        {
            Log.CutOff(_log);
        }

        try
        {
            await draining.WaitAsync(AfterCutOff, parts.Time, CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return draining.IsCompleted;
        }
    }

    /// <summary>Ends when the task does; says so when nobody had asked it to.</summary>
    private async Task WatchAsync(OwnedTask task, CancellationToken stop)
    {
        try
        {
            await Task.Run(() => task.RunAsync(stop), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            Log.Threw(_log, e, task.Name);
            return;
        }

        if (!stop.IsCancellationRequested)
        {
            Log.Ended(_log, task.Name);
        }
    }

    private static async Task HttpEndedAsync(WebApplication server)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = server.Lifetime.ApplicationStopping.Register(ended.SetResult);
        await ended.Task;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Mode}: listening on http://{Address}")]
        public static partial void Listening(ILogger log, string mode, IPEndPoint address);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Address} could not be listened on: {Reason}")]
        public static partial void NotListening(ILogger log, IPEndPoint address, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "not started: {Error}")]
        public static partial void Refused(ILogger log, string error);

        [LoggerMessage(Level = LogLevel.Information, Message = "signal {Signal} received, stopping")]
        public static partial void Stopping(ILogger log, int signal);

        [LoggerMessage(Level = LogLevel.Warning, Message = "what still ran after the time for draining was cut off")]
        public static partial void CutOff(ILogger log);

        [LoggerMessage(Level = LogLevel.Critical, Message = "the host itself threw; the program ends")]
        public static partial void Crashed(ILogger log, Exception error);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Name} threw; the program ends")]
        public static partial void Threw(ILogger log, Exception error, string name);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Name} ended by itself; the program ends")]
        public static partial void Ended(ILogger log, string name);
    }
}
