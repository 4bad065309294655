using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The real agent as a process of its own, with a configuration, a state folder and real nodes below one folder.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _output = [];
    private Process? _process;

    private AgentUnderTest(string folder) => Folder = folder;

    public string Folder { get; }

    public string ConfigFile => Path.Combine(Folder, Names.ConfigFile);

    /// <summary>How often an agent was started.</summary>
    public int Lives { get; private set; }

    public string StateFolder => Path.Combine(Folder, "state");

    public int Pid => _process?.Id ?? throw new InvalidOperationException("the agent was not started");

    public string Output => string.Join('\n', _output);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "monerocloud");

    /// <summary>Writes the configuration; nothing is started yet.</summary>
    public static AgentUnderTest Create(string name, params NodeUnderTest[] nodes)
    {
        var agent = new AgentUnderTest(TestRun.NewFolder(name));
        File.SetUnixFileMode(agent.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        agent.Configure(nodes);
        return agent;
    }

    /// <summary>Budgets shrunk so that no test waits long; what is judged is the same.</summary>
    public void Configure(params NodeUnderTest[] nodes) => Configure(_ => { }, nodes);

    /// <param name="tune">Changes the file before it is written.</param>
    /// <param name="nodes">The nodes.</param>
    public void Configure(Action<JsonObject> tune, params NodeUnderTest[] nodes)
    {
        var config = new JsonObject
        {
            ["agent"] = "host",
            ["stateFolder"] = "state",
            ["nodes"] = new JsonArray([.. nodes.Select(n => (JsonNode)n.ToJson(this))]),
            ["supervision"] = new JsonObject { ["readyProof"] = "1s", ["backOffMin"] = "200ms" },
            ["checks"] = new JsonObject { ["period"] = "2s", ["fastPeriod"] = "500ms", ["rpcDeadline"] = "2s" },
        };
        tune(config);
        WriteConfig(config.ToJsonString());
    }

    public void WriteConfig(string text)
    {
        File.WriteAllText(ConfigFile, text);
        File.SetUnixFileMode(ConfigFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>A program of the test's own: a shell script in the agent's folder.</summary>
    public string WriteProgram(string name, string script)
    {
        var file = Path.Combine(Folder, name);
        File.WriteAllText(file, $"#!/bin/bash\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>A file only its owner may read, as secrets must be.</summary>
    public string WriteSecret(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return $"file:{file}";
    }

    /// <summary>Starts the agent and waits until it supervises.</summary>
    /// <param name="launcher">A program with arguments that executes the agent in its place; null starts it directly.</param>
    public async Task StartAsync(CancellationToken cancellation, params string[] launcher)
    {
        Begin(launcher);
        await UntilAsync(() => _output.Any(l => l.Contains("supervises", StringComparison.Ordinal)), "the agent supervises", cancellation);
    }

    /// <summary>Starts the agent and does not wait.</summary>
    public void Begin(params string[] launcher)
    {
        Lives++;
        _output.Clear();
        string[] command = [.. launcher, Program, "agent", "--config", ConfigFile];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Sends the agent a signal and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(int signal, CancellationToken cancellation)
    {
        Send(Pid, signal);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public Task KillAsync(CancellationToken cancellation) => EndAsync(Signals.Kill, cancellation);

    /// <summary>The exit code of an agent that ends by itself.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async Task<NodeStatus> StatusAsync(string node, CancellationToken cancellation, CheckMethod method = CheckMethod.Full)
    {
        NodeStatus? status = null;
        var exit = await AskAsync(new ControlRequest { Verb = ControlVerb.Check, Node = node, Method = method }, r => status = (r as ControlReply.NodeLine)?.Node ?? status, cancellation);
        return status ?? throw new InvalidOperationException($"no status of {node}: exit {exit}\n{Output}");
    }

    /// <summary>Asks until the node is as wanted; at most 20 s, unless told otherwise.</summary>
    public async Task<NodeStatus> UntilAsync(string node, Func<NodeStatus, bool> wanted, CancellationToken cancellation, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = await StatusAsync(node, cancellation);
            if (wanted(status))
            {
                return status;
            }

            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? Patience))
            {
                throw new TimeoutException($"{node} is {status.State}, {status.Condition}, {status.Process}: {status.Message}\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    public Task<NodeStatus> UntilUpAsync(string node, CancellationToken cancellation) =>
        UntilAsync(node, s => s is { State: HealthState.Up, Worked: true }, cancellation);

    public async Task UntilAsync(Func<bool> wanted, string what, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!wanted())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"not within {Patience.TotalSeconds} s: {what}\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Gives an order and waits for its end.</summary>
    /// <returns>The exit code and what was said.</returns>
    public async Task<(int Exit, string Said)> OrderAsync(ControlVerb verb, string? node, CancellationToken cancellation)
    {
        var said = new List<string>();
        var exit = await AskAsync(new ControlRequest { Verb = verb, Node = node }, r => said.Add(r.ToString()), cancellation);
        return (exit ?? -1, string.Join('\n', said));
    }

    public async Task<List<EventEntry>> EventsAsync(string? node, CancellationToken cancellation)
    {
        var entries = new List<EventEntry>();
        await AskAsync(new ControlRequest { Verb = ControlVerb.Events, Node = node, Lines = 1000 }, r => entries.AddRange(r is ControlReply.EventLine line ? [line.Entry] : []), cancellation);
        return entries;
    }

    public Task<int?> AskAsync(ControlRequest request, Action<ControlReply> onReply, CancellationToken cancellation) =>
        new ControlClient(Path.Combine(StateFolder, Names.ControlSocket)).AskAsync(request, onReply, cancellation);

    /// <summary>The command line, as an operator runs it.</summary>
    public async Task<(int Exit, string Out, string Error)> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Names.ConfigVariable] = ConfigFile;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The living processes that carry this installation's marker for a node: what may be there once at the most.</summary>
    public int[] ProcessesOf(string node)
    {
        var search = ProcessFinder.Find($"host.{node}:{new Marker(NodeName.Parse("host"), ConfigFile).Installation}:");
        foreach (var found in search.Found)
        {
            found.PidFd.Dispose();
        }

        return [.. search.Found.Where(f => f.IsLeader).Select(f => f.Identity.Pid)];
    }

    /// <summary>Signals a living process of the test.</summary>
    public static void Send(int pid, int signal)
    {
        if (PidFd.TryOpen(pid, out var process, out _))
        {
            process.TrySignal(signal);
            process.Dispose();
        }
    }

    public static bool IsStopped(int pid) => ProcessReader.Stat(pid) is ProcRead<ProcStat>.Got({ RunState: ProcessRunState.Stopped });

    public static bool IsAlive(int pid) => ProcessReader.Stat(pid) is ProcRead<ProcStat>.Got({ HasExited: false });

    /// <summary>Ends the agent and everything it left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        foreach (var found in ProcessFinder.Find("host.").Found)
        {
            if (found.Identity.Marker!.Contains($":{new Marker(NodeName.Parse("host"), ConfigFile).Installation}:", StringComparison.Ordinal))
            {
                found.PidFd.TrySignal(Signals.Kill);
            }

            found.PidFd.Dispose();
        }
    }
}
