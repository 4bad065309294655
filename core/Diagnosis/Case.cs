namespace MoneroCloud.Core;

/// <summary>
/// One node's evidence as the rows read it: what is too old is taken out, and of two vantages' answers one is chosen.
/// </summary>
internal sealed class Case
{
    public Case(NodeEvidence evidence, DiagnosisPolicy policy)
    {
        Policy = policy;
        HostIsStale = evidence.HostEvidenceAge > policy.HostEvidenceLimit;
        Evidence = HostIsStale ? WithoutHost(evidence) : evidence;
        Probe = evidence.Probe is { } probe && probe.Age <= policy.HostEvidenceLimit ? probe.Answer : new ApiAnswer.NotAsked();
        Answer = Choose(Evidence, Probe);
        Chain = IsDaemon && Answer is ApiAnswer.Answered { Chain: ChainAnswer.Told told } ? Evidence.Chain.With(told, Evidence.At) : Evidence.Chain;
    }

    public NodeEvidence Evidence { get; }

    public DiagnosisPolicy Policy { get; }

    /// <summary>There is evidence from the host, and it is older than two reports.</summary>
    public bool HostIsStale { get; }

    /// <summary>The agent's local check.</summary>
    public ApiAnswer Local => Evidence.Api;

    /// <summary>The monitor's probe; NotAsked where there is none or it is too old.</summary>
    public ApiAnswer Probe { get; }

    /// <summary>The answer by which the node is judged.</summary>
    public ApiAnswer Answer { get; }

    /// <summary>Heights and hashes, with what a daemon said itself in the answer by which it is judged.</summary>
    public ChainSighting Chain { get; }

    public bool IsDaemon => Evidence.Kind == NodeKind.Daemon;

    /// <summary>Somebody else runs it.</summary>
    public bool IsWatched => Evidence.Manage == NodeManage.Watch;

    public WorkSighting Work => Evidence.Work;

    public ProcessSighting.Alive? Alive => Evidence.Process as ProcessSighting.Alive;

    /// <summary>Something answered, be it an error: the node is not silent.</summary>
    public bool Answers => Speaks(Answer);

    /// <summary>The host asked and got no answer, nor did anybody else.</summary>
    public bool Unanswered => !Answers && (WasRefusedAnAnswer(Local) || (Local is ApiAnswer.NotAsked && Work.UnansweredFor is not null));

    /// <summary>How long no answer has come.</summary>
    public TimeSpan UnansweredFor => Work.UnansweredFor ?? (Answer is ApiAnswer.TimedOut timeout ? timeout.After : TimeSpan.Zero);

    /// <summary>CPU, height or log moved since the check before.</summary>
    public bool Works => Work.CpuUsed > TimeSpan.Zero || Work.HeightRise > 0 || Work.LogGrowth > 0;

    /// <summary>
    /// Without an answer and without a sign of work for this long. Where nobody can see the process, its work is not known and silence alone counts.
    /// </summary>
    public TimeSpan QuietFor => Alive is not null && Work.NoProgressFor < UnansweredFor ? Work.NoProgressFor : UnansweredFor;

    /// <summary>Connections waiting to be accepted; 0 where nobody listens or nobody looked.</summary>
    public int AcceptQueue => Evidence.Port switch
    {
        PortSighting.Own own => own.AcceptQueue,
        PortSighting.NotPermitted other => other.AcceptQueue,
        _ => 0,
    };

    /// <summary>It is known that nobody listens on the node's port.</summary>
    public bool PortIsClosed => !Answers && (Evidence.Port is PortSighting.Nobody || (Evidence.Port is PortSighting.NotLooked && Local is ApiAnswer.Refused));

    /// <summary>
    /// Its start-up grace is over after 30 s without progress, and in any case after 10 min. With the wallet on the command line the port opens
    /// only after the first refresh, so the busy budget is its grace. Counted from the last answer, or from the start when none came yet.
    /// </summary>
    public bool WithinGrace
    {
        get
        {
            var since = Work.EverAnswered ? UnansweredFor : Alive?.Age ?? TimeSpan.Zero;
            return Evidence.WalletFileMode && !Work.EverAnswered
                ? since < Policy.BusyBudget
                : since < Policy.StartLimit && (since < Policy.StartGrace || Work.NoProgressFor < Policy.StartGrace);
        }
    }

    /// <summary>The version is of the kind the node is declared to be.</summary>
    public bool IsRightService(ApiAnswer answer) => answer is ApiAnswer.Answered { Major: var major } && major == (IsDaemon ? 3 : 1);

    private static ApiAnswer Choose(NodeEvidence evidence, ApiAnswer probe)
    {
        var local = evidence.Api;
        if (Speaks(local) || probe is ApiAnswer.NotAsked or ApiAnswer.OwnFailure)
        {
            return local is ApiAnswer.NotAsked ? probe : local;
        }

        // A proxy's 502 says less than what the host sees of a silent wallet; only the node's own answer, and a younger one, overrules the host.
        var probeIsYounger = evidence.Probe!.Age <= (evidence.HostEvidenceAge ?? TimeSpan.Zero);
        return local is ApiAnswer.NotAsked || (probe is ApiAnswer.Answered && (probeIsYounger || local is ApiAnswer.OwnFailure)) ? probe : local;
    }

    private static bool Speaks(ApiAnswer answer) =>
        answer is ApiAnswer.Answered or ApiAnswer.Unauthorized or ApiAnswer.HttpStatus or ApiAnswer.NotJsonRpc or ApiAnswer.RpcError or ApiAnswer.TlsFailed;

    private static bool WasRefusedAnAnswer(ApiAnswer answer) =>
        answer is ApiAnswer.TimedOut or ApiAnswer.Refused or ApiAnswer.Reset or ApiAnswer.Unreachable;

    private static NodeEvidence WithoutHost(NodeEvidence evidence) => evidence with
    {
        Process = new ProcessSighting.NotLooked(),
        Port = new PortSighting.NotLooked(),
        Api = new ApiAnswer.NotAsked(),
        Work = new WorkSighting(),
        DaemonLink = new DaemonLinkSighting.NotLooked(),
        Lock = new LockSighting.NotLooked(),
        Disk = null,
    };
}
