using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Measures a process's work from look to look: CPU, height and log growth, and since when each has rested.
/// It begins anew with each life of the process.
/// </summary>
internal sealed class WorkMeter(AgentClock clock)
{
    /// <summary>An idle wallet's own housekeeping: less than this between two looks is not progress.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(20);

    private SupervisedProcess? _life;
    private TimeSpan _cpu;
    private long _log;
    private long? _height;
    private TimeSpan _lastProgress;
    private TimeSpan _lastAnswer;
    private bool _everAnswered;

    public (WorkSighting Work, ChainSighting Chain) Measure(SupervisedProcess? process, NodeEvidence evidence, string logFile)
    {
        if (process is null)
        {
            _life = null;
            return (new WorkSighting(), evidence.Chain);
        }

        if (process != _life)
        {
            Begin(process, logFile);
        }

        var cpu = CpuOf(process) ?? _cpu;
        var log = LogTail.LengthOf(logFile);
        var height = (evidence.Api as ApiAnswer.Answered)?.Wallet is WalletAnswer.Open open ? open.Height : _height;
        var work = new WorkSighting
        {
            CpuUsed = cpu - _cpu,
            LogGrowth = Math.Max(0, log - _log),
            HeightRise = height - _height ?? 0,
        };
        if (work.CpuUsed > Noise || work.LogGrowth > 0 || work.HeightRise > 0)
        {
            _lastProgress = clock.Now;
        }

        if (ApiSigns.IsAlive(evidence.Api))
        {
            (_everAnswered, _lastAnswer) = (true, clock.Now);
        }

        (_cpu, _log, _height) = (cpu, log, height);
        work = work with
        {
            EverAnswered = _everAnswered,
            NoProgressFor = clock.Now - _lastProgress,
            UnansweredFor = ApiSigns.IsSilent(evidence.Api) ? clock.Now - _lastAnswer : null,
        };
        return (work, evidence.Chain with { Height = height, Rising = work.HeightRise > 0 });
    }

    private void Begin(SupervisedProcess process, string logFile)
    {
        _life = process;
        _cpu = process.Adopted ? CpuOf(process) ?? TimeSpan.Zero : TimeSpan.Zero;
        _log = LogTail.LengthOf(logFile);
        _height = null;
        _everAnswered = false;
        _lastProgress = clock.Now;
        _lastAnswer = process.Adopted ? clock.Now : process.StartedAt;
    }

    private static TimeSpan? CpuOf(SupervisedProcess process) =>
        ProcessReader.Stat(process.Identity.Pid) is ProcRead<ProcStat>.Got(var stat) && stat.StartTicks == process.Identity.StartTicks ? stat.CpuUsed : null;
}
