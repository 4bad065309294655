using System.Collections.Immutable;
using MoneroCloud.Agent;
using MoneroCloud.Core;

namespace MoneroCloud.Bench;

/// <summary>The agent's own four checks, by the code that the agent runs: the same gatherer, sockets, client and diagnosis.</summary>
internal static class AgentChecks
{
    public static FourChecks Make()
    {
        var sockets = new HostSockets();
        var clock = new AgentClock(TimeProvider.System);
        var context = new GatherContext
        {
            Clock = clock,
            Sockets = sockets,
            Daemons = new DaemonBoard(clock, () => Nothing),
            IsDeclared = _ => false,
            LogFile = _ => "/nonexistent",
            Config = () => Nothing,
        };
        var nodes = new Dictionary<CheckTarget, Checked>();
        Checked Of(CheckTarget target)
        {
            lock (nodes)
            {
                return nodes.TryGetValue(target, out var known) ? known : nodes[target] = new Checked(target, context);
            }
        }

        return new FourChecks(
            "monerocloud",
            (target, _) => ValueTask.FromResult(Of(target).Pid()),
            (target, _) => ValueTask.FromResult(Of(target).Port()),
            (target, cancellation) => Of(target).ApiAsync(cancellation),
            (target, cancellation) => Of(target).FullAsync(cancellation));
    }

    private static AgentConfig Nothing { get; } = new()
    {
        File = "/nonexistent",
        Agent = NodeName.Parse("bench"),
        StateFolder = "/nonexistent",
        Nodes = [],
        Checks = CheckPolicy.Default with { RpcDeadline = TimeSpan.FromSeconds(3) },
    };

    /// <summary>One node with what the agent keeps of it between checks.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "It lives as long as the bench's process.")]
    private sealed class Checked
    {
        private readonly NodeConfig _config;
        private readonly SupervisedProcess _process;
        private readonly EvidenceGatherer _gatherer;
        private readonly WalletRpcClient _client;
        private readonly LookRequest _request;

        public Checked(CheckTarget target, GatherContext context)
        {
            _config = new NodeConfig
            {
                Name = NodeName.Parse($"n{target.Port}"),
                Kind = NodeKind.WalletRpc,
                Program = "/usr/bin/monero-wallet-rpc",
                Arguments = ImmutableArray<string>.Empty,
                Port = target.Port,
                Folder = "/",
            };
            var start = ProcessReader.Stat(target.Pid) is ProcRead<ProcStat>.Got(var stat) ? stat.StartTicks : 0;
            if (!PidFd.TryOpen(target.Pid, out var pidFd, out var error))
            {
                throw new BenchException($"pid {target.Pid}: {error}");
            }

            _process = new SupervisedProcess(new ProcessIdentity(BootId.Current, target.Pid, start, null), pidFd, adopted: true, TimeSpan.Zero, logStart: 0);
            _gatherer = new EvidenceGatherer(context);
            _client = NodeRpc.ClientFor(_config, TimeSpan.FromSeconds(3), TimeProvider.System);
            _request = new LookRequest
            {
                Blank = NodeHealth.Blank(_config, context.Clock.Wall),
                Config = _config,
                Process = _process,
                Gone = new ProcessSighting.Gone(new ProcessExit.NeverStarted(null), ExitCause.Unknown),
                AskApi = true,
            };
        }

        public bool Pid() => _process.See() is ProcessSighting.Alive;

        public bool Port() => _gatherer.LookAtPort(_config, _process) is PortSighting.Own;

        public async ValueTask<bool> ApiAsync(CancellationToken cancellation) =>
            await _client.CheckAsync(walletDeclared: false, cancellation) is ApiAnswer.Answered;

        public async ValueTask<bool> FullAsync(CancellationToken cancellation) =>
            Diagnoser.Diagnose(await _gatherer.LookAsync(_request, cancellation), DiagnosisPolicy.Default).Worked;
    }
}
