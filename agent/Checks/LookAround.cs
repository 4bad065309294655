using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Looks at nodes from beside, where no agent holds their processes.</summary>
internal sealed class LookAround : IDisposable
{
    private readonly AgentConfig _config;
    private readonly HostSockets _sockets = new();
    private readonly List<AdoptableProcess> _found;
    private readonly GatherContext _context;
    private readonly JournalContents _journal;
    private readonly DeclaredProcesses _watched = new();

    public LookAround(AgentConfig config, TimeProvider time)
    {
        _config = config;
        _journal = JournalContents.Read(Path.Combine(config.StateFolder, Names.JournalFile));
        _found = Adoption.Look(new Marker(config.Agent, config.File));
        var clock = new AgentClock(time);
        _context = new GatherContext
        {
            Clock = clock,
            Sockets = _sockets,
            Daemons = new DaemonBoard(clock, () => config),
            IsDeclared = pid => _found.Any(p => p.Identity.Pid == pid) || _watched.Contains(pid),
            LogFile = node => ProcessLauncher.LogFile(config.StateFolder, node),
            Config = () => config,
        };
    }

    public async Task<NodeStatus> AtAsync(NodeName name, CheckMethod method, CancellationToken cancellation)
    {
        var node = _config.Find(name) ?? throw new ArgumentException($"{name} is not in the configuration", nameof(name));
        var found = _found.FirstOrDefault(p => p.Node == name);
        using var gatherer = new EvidenceGatherer(_context);
        var journaled = _journal.Nodes.GetValueOrDefault(name, JournaledNode.Empty);
        var available = journaled.Available ?? node.Available;
        var request = new LookRequest
        {
            Blank = NodeHealth.Blank(node, _context.Clock.Wall) with
            {
                Desired = available ? journaled.Desired : new DesiredState.Stopped("disable", _context.Clock.Wall),
            },
            Config = node,
            Process = found is null || node.Manage == NodeManage.Watch
                ? null
                : new SupervisedProcess(found.Identity, found.PidFd, adopted: true, _context.Clock.Now - found.Age, logStart: 0),
            Gone = Absent(gatherer, node),
            AskApi = method is CheckMethod.Api or CheckMethod.Full,
        };
        request = node.Manage == NodeManage.Watch ? await WatchedAsync(gatherer, request, cancellation) : request;
        using var watched = request.Process as WatchedProcess;
        var evidence = await gatherer.LookAsync(request, cancellation);
        return StatusOf.Alone(_config, node, evidence, method) with { Available = available };
    }

    /// <summary>With the process that somebody else runs, or why there is none.</summary>
    private async Task<LookRequest> WatchedAsync(EvidenceGatherer gatherer, LookRequest request, CancellationToken cancellation)
    {
        switch (await new WatchFinder(gatherer, _context.Clock).FindAsync(request.Config, null, null, cancellation))
        {
            case WatchFinding.Another another:
                _watched.Put(request.Config.Name, another.Process.Identity.Pid);
                return request with { Process = another.Process };
            case WatchFinding.Nothing nothing:
                return request with { Gone = new ProcessSighting.Gone(new ProcessExit.NeverStarted(nothing.Why), ExitCause.Unknown) };
            default:
                return request;
        }
    }

    /// <summary>Where the port's holder may not be read, it may be the node, run by another user: refused is not absent.</summary>
    private static ProcessSighting Absent(EvidenceGatherer gatherer, NodeConfig node) =>
        gatherer.LookAtPort(node, null) is PortSighting.Taken { Pid: null }
            ? new ProcessSighting.NotPermitted($"the process that holds port {node.Port}")
            : new ProcessSighting.Gone(new ProcessExit.NeverStarted(null), ExitCause.Unknown);

    public void Dispose()
    {
        _found.ForEach(p => p.PidFd.Dispose());
        _sockets.Dispose();
    }
}
