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
    public PortSighting LookAtPort(NodeConfig config, NodeLife? process) =>
        context.Sockets.LookAtPort(_owners ??= new PortOwners(_sockets), config.Host, config.Port, process?.Identity.Pid);

    public async Task<NodeEvidence> LookAsync(LookRequest request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var host = LookAtHost(request);
            if (!WorthAsking(request, host))
            {
                var quiet = Progress(request, host);
                return quiet.Work.CpuUsed == TimeSpan.Zero && LoadsItsWallet(request, host) ? Linked(request, quiet) : quiet;
            }

            _work.Ask(request.Process, request.Config.LogFile ?? context.LogFile(request.Config.Name));
            var answer = await AskAsync(request, cancellation);
            var evidence = host with { Api = answer, At = context.Clock.Wall, Chain = context.Daemons.Compared(host.Chain, request.Config.Name, answer) };
            context.Daemons.Wanted(request.Config, answer);
            evidence = request.IsUnheld && ApiSigns.IsAlive(answer) ? UnheldNode.Answered(evidence, request.Config.Port) : evidence;

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
        var daemon = context.Daemons.Of(request.Config.Daemon);
        var sighting = request.Process is { } process ? _stops.Track(process.See()) : request.Gone;
        var evidence = request.Blank with
        {
            At = context.Clock.Wall,
            Process = sighting,
            Port = LookAtPort(request.Config, request.Process),
            Daemon = daemon.Sighting,
            Chain = request.Blank.Chain with { DaemonHeight = daemon.Height },
            HostEvidenceAge = null,
            Disk = request.Config.Wallet is { } wallet ? FileSystemSpace.At(wallet.Directory) : null,
            Lock = request.Config.Wallet is { } declared ? FileLocks.See(declared.KeysFile, context.IsDeclared) : new LockSighting.NotLooked(),
        };
        return request.IsUnheld ? UnheldNode.Fit(evidence, request.Config.Port, context.Sockets.QueueAt(request.Config.Host, request.Config.Port)) : evidence;
    }

    /// <summary>Is there anything the API could add? A process that is gone, stopped or starting cannot answer.</summary>
    private static bool WorthAsking(LookRequest request, NodeEvidence host) => request.IsUnheld ? UnheldNode.IsWorthAsking(request, host) : request.AskApi
        && host.Process is ProcessSighting.Alive { RunState: not ProcessRunState.Stopped } or ProcessSighting.NotPermitted
        && host.Port is not PortSighting.Taken
        && !(request.Starting && host.Port is PortSighting.Nobody);

    private Task<ApiAnswer> AskAsync(LookRequest request, CancellationToken cancellation)
    {
        var client = Client(request.Config, request.Deadline);
        return request.Config.Kind == NodeKind.Daemon ? client.CheckDaemonAsync(cancellation) : client.CheckAsync(request.Config.Wallet is not null, cancellation);
    }

    private NodeEvidence LookDeeper(LookRequest request, NodeEvidence evidence)
    {
        var deeper = evidence with
        {
            Process = request.Process is { } process ? _stops.Track(process.See(deep: true)) : evidence.Process,
            Port = LookAtPort(request.Config, request.Process),
        };
        return Progress(request, Linked(request, deeper));
    }

    private NodeEvidence Linked(LookRequest request, NodeEvidence evidence) => request is { Process: { } wallet, Config: { Kind: NodeKind.WalletRpc, Port: var port } }
        ? evidence with { DaemonLink = context.Sockets.LookAtDaemonLink(wallet.Identity.Pid, port) }
        : evidence;

    /// <summary>Its port is closed until its first refresh is done, so its link to the daemon tells what no answer can.</summary>
    private static bool LoadsItsWallet(LookRequest request, NodeEvidence host) =>
        request is { AskApi: true, Config.WalletFileMode: true } && host is { Process: ProcessSighting.Alive, Port: PortSighting.Nobody };

    private NodeEvidence Progress(LookRequest request, NodeEvidence evidence)
    {
        var (work, chain) = _work.Measure(request.Process, evidence, request.Config.LogFile ?? context.LogFile(request.Config.Name));
        return evidence with { Work = work, Chain = chain };
    }

    private WalletRpcClient Client(NodeConfig config, TimeSpan? given)
    {
        var deadline = given ?? context.Config().Checks.RpcDeadline;
        if (_client is null || _clientConfig != config || _clientDeadline != deadline)
        {
            _client?.Dispose();
            _client = NodeRpc.ClientFor(config, deadline, context.Clock.Provider);
            (_clientConfig, _clientDeadline) = (config, deadline);
        }

        return _client;
    }
}
