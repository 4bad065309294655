using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>One node's loop with a real process that does nothing, on a disk that can refuse; without an agent around it.</summary>
internal sealed class SupervisedNode : IAsyncDisposable
{
    public static readonly NodeName Name = NodeName.Parse("main");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string _folder;
    private readonly HostSockets _sockets = new();
    private readonly ExitWatcher _watcher = new(_ => { });
    private readonly AgentConfig _config;
    private bool _left;

    /// <param name="folder">The state folder of one before it; a new one where it is null.</param>
    /// <param name="port">Of one before it.</param>
    public SupervisedNode(string? folder = null, int? port = null)
    {
        _folder = folder ?? TestRun.NewFolder("supervised");
        Directory.CreateDirectory(Path.Combine(_folder, "logs"));
        Port = port ?? FreePort.Next();
        _config = new AgentConfig
        {
            File = Path.Combine(_folder, "agent.json"),
            Agent = NodeName.Parse("host"),
            StateFolder = _folder,
            Nodes = [new NodeConfig { Name = Name, Kind = NodeKind.WalletRpc, Program = "/bin/sleep", Arguments = ["600"], Port = Port, Folder = _folder }],
            Supervision = new SupervisionPolicy { BackOffMin = TimeSpan.FromMilliseconds(20), FailedStarts = 1000 },
        };
        Journal = MoneroCloud.Agent.Journal.Open(_folder, TimeProvider.System, Disk.Open);
        Events = new EventLog(_folder, Journal.Epoch, Disk.Open);
        Context = Compose();
        Supervisor = new NodeSupervisor(_config.Nodes[0], Context);
    }

    public string Folder => _folder;

    public int Port { get; }

    public RefusingDisk Disk { get; } = new();

    public MoneroCloud.Agent.Journal Journal { get; }

    public EventLog Events { get; }

    public NodeContext Context { get; }

    public NodeSupervisor Supervisor { get; }

    /// <summary>The living processes of this node, whoever started them, once there are so many: a child shows no marker until its exec is through.</summary>
    public int[] Processes(int atLeast = 1)
    {
        int[] found = [];
        SpinWait.SpinUntil(() => (found = Look()).Length >= atLeast, Patience);
        return found;
    }

    public Task<NodeSnapshot> UntilAsync(Func<NodeSnapshot, bool> condition) =>
        Supervisor.WhenAsync(condition, CancellationToken.None).WaitAsync(Patience, TimeProvider.System);

    public Task<OrderAnswer> OrderAsync(NodeOrder order) => Supervisor.OrderAsync(order, new OrderTerms("alice")).WaitAsync(Patience, TimeProvider.System);

    /// <summary>As an agent that leaves: the process stays.</summary>
    public async Task LeaveAsync()
    {
        if (_left)
        {
            return;
        }

        _left = true;
        await Supervisor.DisposeAsync();
        _watcher.Dispose();
        _sockets.Dispose();
        Events.Dispose();
        Journal.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        foreach (var left in Adoption.Look(Context.Marker))
        {
            left.PidFd.TrySignal(Signals.Kill);
            left.PidFd.Dispose();
        }
    }

    private int[] Look()
    {
        var all = Adoption.Look(Context.Marker);
        all.ForEach(p => p.PidFd.Dispose());
        return [.. all.Select(p => p.Identity.Pid)];
    }

    private NodeContext Compose()
    {
        var clock = new AgentClock(TimeProvider.System);
        var declared = new DeclaredProcesses();
        var launcher = new ProcessLauncher(_folder, () => _config);
        return new NodeContext
        {
            Clock = clock,
            Journal = Journal,
            Events = Events,
            Watcher = _watcher,
            Launcher = launcher,
            Gather = new GatherContext
            {
                Clock = clock,
                Sockets = _sockets,
                Daemons = new DaemonBoard(clock, () => _config),
                IsDeclared = declared.Contains,
                LogFile = launcher.LogFile,
                Config = () => _config,
            },
            Marker = new Marker(_config.Agent, _config.File),
            Remedies = new RemedyTurn(),
            Duty = new RemedyDuty(),
            Declared = declared,
            Bell = new ChangeBell(),
            Log = new AgentLog(TextWriter.Null, TimeProvider.System),
            Config = () => _config,
        };
    }
}
