using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Gathers the evidence about one node that the host can see: process, port, API, work, daemon link, lock, disk.
/// Cheap and certain things first; what costs more only when the API does not answer. One look at a time.
/// </summary>
internal sealed class EvidenceGatherer(GatherContext context) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WorkMeter _work = new(context.Clock);
    private readonly StoppedTimer _stops = new(context.Clock.Provider);
    private readonly SocketOwners _sockets = new();
    private PortOwners? _owners;
    private WalletRpcClient? _client;
    private NodeConfig? _clientConfig;
    private TimeSpan _clientDeadline;

    /// <summary>Who holds the node's port; <paramref name="process"/> null when no process of ours can.</summary>
    public PortSighting LookAtPort(NodeConfig config, SupervisedProcess? process) =>
        context.Sockets.LookAtPort(_owners ??= new PortOwners(_sockets), config.Host, config.Port, process?.Identity.Pid);

    public async Task<NodeEvidence> LookAsync(LookRequest request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var host = LookAtHost(request);
            if (!WorthAsking(request, host))
            {
                return Progress(request, host);
            }

            var answer = await Client(request.Config).CheckAsync(request.Config.Wallet is not null, cancellation);
            var evidence = host with { Api = answer, At = context.Clock.Wall };

            // The look at the port came before the answer: a request that is stuck shows in the accept queue only now.
            return ApiSigns.IsSilent(answer) ? LookDeeper(request, evidence) : Progress(request, evidence);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _turn.Dispose();
    }

    private NodeEvidence LookAtHost(LookRequest request)
    {
        var sighting = request.Process is { } process ? _stops.Track(process.See()) : request.Gone;
        return request.Blank with
        {
            At = context.Clock.Wall,
            Process = sighting,
            Port = LookAtPort(request.Config, request.Process),
            Daemon = context.Daemons.Of(request.Config.Daemon),
            HostEvidenceAge = null,
            Disk = request.Config.Wallet is { } wallet ? FileSystemSpace.At(wallet.Directory) : null,
            Lock = request.Config.Wallet is { } declared ? FileLocks.See(declared.KeysFile, context.IsDeclared) : new LockSighting.NotLooked(),
        };
    }

    /// <summary>Is there anything the API could add? A process that is gone, stopped or starting cannot answer.</summary>
    private static bool WorthAsking(LookRequest request, NodeEvidence host) => request.AskApi
        && host.Process is ProcessSighting.Alive { RunState: not ProcessRunState.Stopped } or ProcessSighting.NotPermitted
        && host.Port is not PortSighting.Taken
        && !(request.Starting && host.Port is PortSighting.Nobody);

    private NodeEvidence LookDeeper(LookRequest request, NodeEvidence evidence)
    {
        var deeper = evidence with
        {
            Process = request.Process is { } process ? _stops.Track(process.See(deep: true)) : evidence.Process,
            Port = LookAtPort(request.Config, request.Process),
            DaemonLink = request is { Process: { } wallet, Config.Daemon: { } daemon }
                ? context.Sockets.LookAtDaemonLink(_sockets, wallet.Identity.Pid, daemon.Port)
                : new DaemonLinkSighting.NotLooked(),
        };
        return Progress(request, deeper);
    }

    private NodeEvidence Progress(LookRequest request, NodeEvidence evidence)
    {
        var (work, chain) = _work.Measure(request.Process, evidence, context.LogFile(request.Config.Name));
        return evidence with { Work = work, Chain = chain };
    }

    private WalletRpcClient Client(NodeConfig config)
    {
        var deadline = context.Config().Checks.RpcDeadline;
        if (_client is null || _clientConfig != config || _clientDeadline != deadline)
        {
            _client?.Dispose();
            _client = NodeRpc.ClientFor(config, deadline, context.Clock.Provider);
            (_clientConfig, _clientDeadline) = (config, deadline);
        }

        return _client;
    }
}
