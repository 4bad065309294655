using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Measures a process's work from look to look: CPU, height and log growth, and since when each has rested.
/// It begins anew with each life of the process.
/// </summary>
internal sealed class WorkMeter(AgentClock clock)
{
    /// <summary>
    /// A process's own housekeeping is no progress: this much, and this share of the time, since there last was some. Not of the time between two
    /// looks: those are 250 ms to 10 s apart, and one that gets a hundredth of a processor would never be seen to move.
    /// </summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(20);

    /// <summary>An idle wallet looks for blocks every 20 s: it is behind its daemon now and then, and catches up.</summary>
    private static readonly TimeSpan RiseWindow = TimeSpan.FromMinutes(1);

    private const double NoiseShare = 0.002;

    private NodeLife? _life;
    private TimeSpan _cpu;
    private long _log;
    private (TimeSpan Cpu, long Log) _asked;
    private bool _silent;
    private long? _height;
    private TimeSpan _lastRise;
    private TimeSpan _lastProgress;
    private TimeSpan _cpuAtProgress;
    private TimeSpan _lastAnswer;
    private bool _everAnswered;

    /// <summary>
    /// The API is about to be asked. What was done before the first request that stays unanswered says nothing about work in that silence.
    /// </summary>
    public void Ask(NodeLife? process, string logFile)
    {
        if (process is not null && process == _life)
        {
            Ask(CpuOf(process) ?? _cpu, LogTail.LengthOf(logFile));
        }
    }

    internal void Ask(TimeSpan cpu, long log) => _asked = (cpu, log);

    public (WorkSighting Work, ChainSighting Chain) Measure(NodeLife? process, NodeEvidence evidence, string logFile)
    {
        if (process is null)
        {
            _life = null;
            return (new WorkSighting(), evidence.Chain);
        }

        var log = LogTail.LengthOf(logFile);
        if (process != _life)
        {
            _life = process;
            Begin(process.Adopted ? CpuOf(process) ?? TimeSpan.Zero : TimeSpan.Zero, log, process.Adopted ? clock.Now : process.StartedAt);
        }

        return Measure(CpuOf(process) ?? _cpu, log, evidence);
    }

    /// <summary>The same of what was read of the process already.</summary>
    /// <param name="cpu">Since its start.</param>
    /// <param name="log">Its log's size in bytes.</param>
    internal (WorkSighting Work, ChainSighting Chain) Measure(TimeSpan cpu, long log, NodeEvidence evidence)
    {
        var silent = ApiSigns.IsSilent(evidence.Api) || IsKnownToBeSilent(evidence);
        var (cpuBefore, logBefore) = (_cpu, _log);
        if (silent && !_silent)
        {
            (cpuBefore, logBefore) = _asked;
            _cpuAtProgress = _asked.Cpu;
        }

        var height = HeightOf(evidence.Api) ?? _height;
        if (height != _height)
        {
            _lastRise = clock.Now;
        }

        var work = new WorkSighting
        {
            CpuUsed = cpu - cpuBefore,
            LogGrowth = Math.Max(0, log - logBefore),
            HeightRise = height - _height ?? 0,
        };
        if (cpu - _cpuAtProgress > Noise + ((clock.Now - _lastProgress) * NoiseShare) || work.LogGrowth > 0 || work.HeightRise > 0)
        {
            (_lastProgress, _cpuAtProgress) = (clock.Now, cpu);
        }

        if (ApiSigns.IsAlive(evidence.Api))
        {
            (_everAnswered, _lastAnswer, _lastProgress, _cpuAtProgress) = (true, clock.Now, clock.Now, cpu);
        }

        (_cpu, _log, _height, _silent) = (cpu, log, height, silent);
        work = work with
        {
            EverAnswered = _everAnswered,
            NoProgressFor = clock.Now - _lastProgress,
            UnansweredFor = silent ? clock.Now - _lastAnswer : null,
        };
        return (work, evidence.Chain with { Height = height, Rising = height is not null && clock.Now - _lastRise <= RiseWindow });
    }

    private static long? HeightOf(ApiAnswer answer) => answer switch
    {
        ApiAnswer.Answered { Wallet: WalletAnswer.Open open } => open.Height,
        ApiAnswer.Answered { Chain: ChainAnswer.Told told } => told.Height,
        _ => null,
    };

    /// <summary>It was not asked because nobody listens: that is no answer, too.</summary>
    private static bool IsKnownToBeSilent(NodeEvidence evidence) =>
        evidence is { Api: ApiAnswer.NotAsked, Port: PortSighting.Nobody, Process: ProcessSighting.Alive };

    /// <summary>Another life of the process.</summary>
    /// <param name="lastAnswer">From when on its silence is counted.</param>
    internal void Begin(TimeSpan cpu, long log, TimeSpan lastAnswer)
    {
        (_cpu, _cpuAtProgress, _log, _asked, _silent) = (cpu, cpu, log, (cpu, log), false);
        _height = null;
        _everAnswered = false;
        _lastProgress = clock.Now;
        _lastAnswer = lastAnswer;
    }

    private static TimeSpan? CpuOf(NodeLife process) =>
        ProcessReader.Stat(process.Identity.Pid) is ProcRead<ProcStat>.Got(var stat) && stat.StartTicks == process.Identity.StartTicks ? stat.CpuUsed : null;
}
