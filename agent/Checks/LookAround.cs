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

    public LookAround(AgentConfig config, TimeProvider time)
    {
        _config = config;
        _journal = JournalContents.Read(Path.Combine(config.StateFolder, Names.JournalFile));
        _found = Adoption.Look(new Marker(config.Agent, config.File));
        _context = new GatherContext
        {
            Clock = new AgentClock(time),
            Sockets = _sockets,
            Daemons = new DaemonBoard(),
            IsDeclared = pid => _found.Any(p => p.Identity.Pid == pid),
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
        var evidence = await gatherer.LookAsync(
            new LookRequest
            {
                Blank = NodeHealth.Blank(node, _context.Clock.Wall) with
                {
                    Desired = available ? journaled.Desired : new DesiredState.Stopped("disable", _context.Clock.Wall),
                },
                Config = node,
                Process = found is null ? null : new SupervisedProcess(found.Identity, found.PidFd, adopted: true, _context.Clock.Now - found.Age, logStart: 0),
                Gone = Absent(gatherer, node),
                AskApi = method is CheckMethod.Api or CheckMethod.Full,
            },
            cancellation);
        return StatusOf.Alone(_config, node, evidence, method) with { Available = available };
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
