using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node's health as its agent sees it: evidence in, diagnosis out, transitions into the event list. Used by the node's loop alone.</summary>
/// <param name="observed">The last observation's number of this life of the agent: the next ones must be higher.</param>
internal sealed class NodeHealth(NodeName node, NodeContext context, long observed)
{
    // The lower half: the upper is the journal's life.
    private uint _number = (uint)observed;
    private VerdictRow? _row;
    private bool _saveFailed;
    private int? _version;
    private ProcessSighting.Gone _lastGone = new(new ProcessExit.NeverStarted(null), ExitCause.Unknown);

    public Health Health { get; private set; } = Health.Unseen(context.Clock.Wall);

    /// <summary>The last evidence from a real look; null before the first.</summary>
    public NodeEvidence? Evidence { get; private set; }

    /// <summary>The newest observation with its place; null before the first.</summary>
    public EpochSighting? Seen { get; private set; }

    /// <summary>The looks of this life of the agent.</summary>
    public CheckTally Tally { get; private set; } = CheckTally.None;

    public Diagnosis? Last => Health.Last;

    /// <summary>Why the RPC is not expected to answer: it was silent at the last look. Null when it was not, or has not been asked.</summary>
    public string? Silence => Evidence is { } evidence && ApiSigns.IsSilent(evidence.Api) ? $"it did not answer when it was last asked ({Last?.Condition})" : null;

    public ProcessSighting.Gone LastGone => _lastGone;

    public void Exited(ProcessExit exit, ExitCause cause, int? pid, DateTimeOffset? nextStart)
    {
        _lastGone = new ProcessSighting.Gone(exit, cause) { Pid = pid, NextStart = nextStart };
        _saveFailed = cause == ExitCause.SaveFailed || (_saveFailed && exit is not ProcessExit.Exited { Code: 0 });
        Evidence = null;
    }

    /// <summary>The verdict on evidence from a look.</summary>
    public Diagnosis Observe(NodeEvidence evidence)
    {
        Evidence = evidence;
        _version = (evidence.Api as ApiAnswer.Answered)?.Version ?? _version;
        var diagnosis = Advance(evidence, looked: true);
        Tally = Tally.Add(new CheckSample(diagnosis.State ?? HealthState.Unknown, (evidence.Api as ApiAnswer.Answered)?.Latency));
        return diagnosis;
    }

    /// <summary>The verdict on what the loop knows of its own process without looking.</summary>
    public void ObserveProcess(NodeConfig config, ProcessSighting process, DesiredState desired, DateTimeOffset at)
    {
        Evidence = null;
        Advance(NewEvidence(config, at) with { Process = process, Desired = desired }, looked: false);
    }

    /// <summary>Is an automatic restart right?</summary>
    public bool Confirms(Diagnosis diagnosis) => RestartRule.Applies(Health, diagnosis);

    /// <summary>Evidence of which nothing is gathered yet, with what is known of earlier lives.</summary>
    public NodeEvidence NewEvidence(NodeConfig config, DateTimeOffset at) => Blank(config, at) with { LastVersion = _version, SaveFailed = _saveFailed };

    /// <summary>Evidence of which nothing is gathered yet.</summary>
    public static NodeEvidence Blank(NodeConfig config, DateTimeOffset at) => new()
    {
        Kind = config.Kind,
        At = at,
        Number = default,
        Url = NodeRpc.UrlOf(config),
        WalletDeclared = config.Wallet is not null,
        WalletFileMode = config.WalletFileMode,
        Manage = config.Manage,
        Restartable = config.IsRestartable,
    };

    private Diagnosis Advance(NodeEvidence evidence, bool looked)
    {
        var policies = context.Config();
        var position = context.Events.Position;

        // The life above, so that numbers rise across the agent's restarts too.
        var number = (context.Journal.Life << 32) | ++_number;
        var numbered = evidence with { Number = new ObservationNumber(position.Epoch, number), SaveFailed = _saveFailed };
        var diagnosis = Diagnoser.Diagnose(numbered, policies.Diagnosis);
        _row = VerdictRow.After(Seen?.Epoch == position.Epoch ? _row : null, Health, diagnosis, evidence.At);
        Seen = new EpochSighting(position.Epoch, new ObservedEvidence(number, evidence.At, position.N, _row, HostEvidence.Of(numbered)));
        var step = HealthMachine.Advance(Health, numbered, diagnosis, policies.Health);
        Health = step.Next;
        if (step.Transition is { } transition)
        {
            context.Events.Add(node, transition);
            if (looked)
            {
                context.Events.AddObserved(node, Seen.Seen);
            }
        }

        return diagnosis;
    }
}
