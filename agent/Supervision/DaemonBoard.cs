using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// What is known of the daemons that this agent's wallets use: its own daemon nodes put up how they answered last, and those that are only
/// an address are asked by <see cref="DaemonAddresses"/>. Its own daemons are compared with each other here, too.
/// </summary>
/// <param name="clock">The agent's.</param>
/// <param name="config">The present configuration.</param>
/// <param name="addresses">Null where nobody asks addresses.</param>
internal sealed class DaemonBoard(AgentClock clock, Func<AgentConfig> config, DaemonAddresses? addresses = null)
{
    private readonly ConcurrentDictionary<NodeName, Entry> _entries = new();

    /// <summary>How old a word may be.</summary>
    private TimeSpan Limit => config().Diagnosis.HostEvidenceLimit;

    /// <summary>By a look at a daemon of this agent.</summary>
    public void Put(NodeName daemon, NodeEvidence evidence)
    {
        if (Sighting(evidence) is not { } sighting)
        {
            return;
        }

        var told = (evidence.Api as ApiAnswer.Answered)?.Chain as ChainAnswer.Told;
        var position = told is null ? null : ChainPosition.Of(told, config().Agent);
        _entries[daemon] = new Entry(new DaemonWord(sighting, told?.Height), position, clock.Now);
    }

    public void PutGone(NodeName daemon) => _entries[daemon] = new Entry(new DaemonWord(DaemonSighting.Refuses, null), null, clock.Now);

    public DaemonWord Of(DaemonReference? daemon) => daemon switch
    {
        { Node: { } node } => _entries.TryGetValue(node, out var entry) && IsYoung(entry) ? entry.Word : DaemonWord.None,
        { } address => addresses?.Of(address, Limit) ?? DaemonWord.None,
        null => DaemonWord.None,
    };

    /// <summary>After a wallet's check: its daemon may have to be asked, so that the next check knows.</summary>
    public void Wanted(NodeConfig wallet, ApiAnswer answer)
    {
        if (wallet.Daemon is { Node: null } address && ApiSigns.IsSilent(answer) is var silent && (silent || answer is ApiAnswer.Answered { Wallet: WalletAnswer.Open }))
        {
            addresses?.Want(address, urgent: silent, config().Checks);
        }
    }

    /// <summary><paramref name="chain"/> with how a daemon stands among the others of this agent.</summary>
    public ChainSighting Compared(ChainSighting chain, NodeName daemon, ApiAnswer answer) =>
        answer is ApiAnswer.Answered { Chain: ChainAnswer.Told told } && ChainPosition.Of(told, config().Agent) is { } own
            ? ChainComparer.Compare(own, Others(daemon), Limit).Onto(chain)
            : chain;

    private IEnumerable<ChainWitness> Others(NodeName daemon)
    {
        foreach (var (name, entry) in _entries)
        {
            if (name != daemon && entry.Position is { } position)
            {
                yield return new ChainWitness(position, clock.Now - entry.At);
            }
        }
    }

    private bool IsYoung(Entry entry) => clock.Now - entry.At <= Limit;

    /// <summary>A process that is gone refuses, one that is stopped is silent; null where nobody looked.</summary>
    private static DaemonSighting? Sighting(NodeEvidence evidence) => evidence switch
    {
        { Process: ProcessSighting.Gone or ProcessSighting.Reused } => DaemonSighting.Refuses,
        { Process: ProcessSighting.Alive { RunState: ProcessRunState.Stopped } } => DaemonSighting.Silent,
        { Api: ApiAnswer.TimedOut, Work: { CpuUsed.Ticks: > 0 } or { LogGrowth: > 0 } or { HeightRise: > 0 } } => DaemonSighting.Busy,
        _ => DaemonWord.Of(evidence.Api),
    };

    /// <param name="At">By the agent's monotonic clock.</param>
    private sealed record Entry(DaemonWord Word, ChainPosition? Position, TimeSpan At);
}
