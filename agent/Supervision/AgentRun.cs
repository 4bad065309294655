using System.Runtime.InteropServices;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One life of the agent's process: takes the state folder, supervises, and leaves as the signals say.</summary>
internal sealed class AgentRun(AgentConfigSource source, AgentConfig config, TimeProvider time)
{
    /// <summary>By then all that only the start needed has run.</summary>
    private static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(1);

    /// <summary>What is used now and then only (a reconnect, a wave of events) would else add up: 2.8 MiB in ten minutes.</summary>
    private static readonly TimeSpan SettledAgainAfter = TimeSpan.FromMinutes(2);

    /// <summary>Asked of systemd every 5 s while nodes are being saved and stopped.</summary>
    private static readonly TimeSpan MoreTimeToStop = TimeSpan.FromSeconds(30);

    private readonly AgentLog _log = new(Console.Out, time);
    private readonly TaskCompletionSource _leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _down = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        if ((StateFolder.Prepare(config.StateFolder) ?? StateFolder.Distrust(config.StateFolder)) is { } problem)
        {
            await Console.Error.WriteLineAsync($"monerocloud: {problem}");
            return 1;
        }

        var (held, refusal) = await StateFolder.TryHoldAsync(config.StateFolder, time);
        using var holding = held;
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"monerocloud: an agent is already running on the state folder {config.StateFolder}: {refusal}; ask it with 'monerocloud status --all', or end it with 'monerocloud down'");
            return 1;
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt);
        return await SuperviseAsync();
    }

    private async Task<int> SuperviseAsync()
    {
        var clock = new AgentClock(time);
        using var journal = Journal.Open(config.StateFolder, time);
        using var events = new EventLog(config.StateFolder, journal.Epoch);
        using var watcher = new ExitWatcher(bug => _log.Bug("agent", "watch for exits", bug));
        using var sockets = new HostSockets();
        await using var daemons = new DaemonAddresses(clock, bug => _log.Bug("agent", "ask a daemon's address", bug));
        var tally = new EventTally();
        events.Written += tally.Add;
        events.Written += entry => _log.Write(EventText.Subject(entry), EventText.What(entry));
        journal.Trouble += text => _log.Write("agent", text);
        events.Trouble += text => _log.Write("agent", text);
        if (journal.DamagedLines > 0)
        {
            _log.Write("agent", $"{journal.DamagedLines} lines of the journal could not be read and were dropped; this is epoch {journal.Epoch}");
        }

        var bell = new ChangeBell();
        var duty = new RemedyDuty();
        await using var agent = new Agent(source, config, present => Compose(clock, journal, events, watcher, sockets, daemons, bell, duty, present));
        await using var link = new MonitorLink(Monitor(agent, clock, journal, events, bell, duty), enrolment => new AgentBus(enrolment, time, notice => _log.Write("bus", notice.Text)));
        link.Prepare();
        await using var rotation = new LogRotator(agent, clock, _log);
        await using var control = new ControlServer(Path.Combine(config.StateFolder, Names.ControlSocket), new ControlDesk(agent, link, clock, () => _down.TrySetResult()), _log);
        await using var metrics = new MetricsDesk(() => agent.Config.Metrics, new AgentPage(agent, link, tally, clock).Text, time, _log);
        await agent.BeginAsync(CancellationToken.None);
        link.Begin(agent);
        agent.Reloaded += metrics.Follow;
        metrics.Follow();
        _log.Write("agent", $"{config.Agent} supervises {config.Nodes.Length} nodes; state in {config.StateFolder}");
        SystemdNotify.Send("READY=1");
        await using var watchdog = new SystemdWatchdog(WatchdogLimit(), time, () => [.. agent.Nodes.Values.Select(n => (n.Name, n.TurnAsync()))], () => TellWorks(agent), text => _log.Write("agent", text));
        await using var settled = time.CreateTimer(_ => UnusedMemory.Release(), null, SettledAfter, SettledAgainAfter);
        await Task.WhenAny(_leave.Task, _down.Task);
        SystemdNotify.Send("STOPPING=1");
        await agent.EndReloadsAsync();
        if (!_leave.Task.IsCompleted)
        {
            await EndAsync(agent);
        }

        _log.Write("agent", Farewell(agent));
        return 0;
    }

    private async Task EndAsync(Agent agent)
    {
        _log.Write("agent", "saving and stopping all nodes; a second Ctrl-C leaves at once and lets them run");
        using var atOnce = new CancellationTokenSource();
        var down = agent.DownAsync(TellWaiting, atOnce.Token);
        if (await Task.WhenAny(down, _leave.Task) != down)
        {
            await atOnce.CancelAsync();
        }

        try
        {
            await down;
        }
        catch (OperationCanceledException) when (atOnce.IsCancellationRequested)
        {
            // Told to leave at once: what still runs is adopted by the next agent.
        }
    }

    private static TimeSpan? WatchdogLimit() => SystemdWatchdog.LimitOf(
        Environment.GetEnvironmentVariable(Names.WatchdogLimitVariable), Environment.GetEnvironmentVariable(Names.WatchdogPidVariable), Environment.ProcessId);

    /// <summary>What <c>systemctl status</c> shows of it is as old as the last word to the watchdog.</summary>
    private static void TellWorks(Agent agent)
    {
        var counts = NodeCounts.Of(agent.Nodes.Values.Select(n => n.Current).Select(v => v.Available ? v.Health.State : HealthState.Disabled));
        SystemdNotify.Send($"WATCHDOG=1\nSTATUS=nodes: {counts.Working} working, {counts.Failed} failed, {counts.Unknown} unknown");
    }

    /// <summary>To systemd a service that said it is stopping has TimeoutStopSec to do so, and then is killed: each line asks for more.</summary>
    private void TellWaiting(string text)
    {
        _log.Write("agent", text);
        SystemdNotify.Send($"EXTEND_TIMEOUT_USEC={MoreTimeToStop.TotalMicroseconds:0}\nSTATUS={text}");
    }

    private static string Farewell(Agent agent)
    {
        var left = agent.Nodes.Values.Where(n => n.Current.Process is SupervisedProcess).Select(n => $"{n.Name} (pid {n.Current.Process!.Identity.Pid})").ToArray();
        return left.Length == 0 ? "left; no process is left behind" : $"left; still running, for the next agent to adopt: {string.Join(", ", left)}";
    }

    private MonitorContext Monitor(Agent agent, AgentClock clock, Journal journal, EventLog events, ChangeBell bell, RemedyDuty duty) => new()
    {
        StateFolder = config.StateFolder,
        Clock = clock,
        Journal = journal,
        Events = events,
        Bell = bell,
        Log = _log,
        Duty = duty,
        Config = () => agent.Config,
    };

    private NodeContext Compose(AgentClock clock, Journal journal, EventLog events, ExitWatcher watcher, HostSockets sockets, DaemonAddresses daemons, ChangeBell bell, RemedyDuty duty, Func<AgentConfig> present)
    {
        var declared = new DeclaredProcesses();
        var launcher = new ProcessLauncher(config.StateFolder, present);
        var gather = new GatherContext
        {
            Clock = clock,
            Sockets = sockets,
            Daemons = new DaemonBoard(clock, present, daemons),
            IsDeclared = declared.Contains,
            LogFile = launcher.LogFile,
            Config = present,
        };
        return new NodeContext
        {
            Clock = clock,
            Journal = journal,
            Events = events,
            Watcher = watcher,
            Launcher = launcher,
            Gather = gather,
            Marker = new Marker(config.Agent, config.File),
            Remedies = new RemedyTurn(),
            Duty = duty,
            Declared = declared,
            Bell = bell,
            Log = _log,
            Config = present,
        };
    }

    private void OnTerminate(PosixSignalContext context)
    {
        context.Cancel = true;
        _leave.TrySetResult();
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_down.TrySetResult())
        {
            _leave.TrySetResult();
        }
    }
}
