using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>A node in the hands of a <see cref="SimulatedAgent"/>, judged there by the same diagnosis and machine as a real agent's.</summary>
internal sealed class SimulatedNode(SimulatedAgent agent, NodeName name)
{
    private static readonly DiskSighting MuchSpace = new(1L << 40, 1L << 41);

    private Health _health = Health.Unseen(agent.Now);
    private DesiredState _desired = new DesiredState.Running();
    private bool _available = true;
    private BreakerStanding? _breaker;
    private VerdictRow? _row;
    private ObservedEvidence? _seen;
    private long _seenEpoch;
    private long _number;

    public NodeName Name => name;

    public NodeId Id => new(agent.Name, name);

    /// <summary>Of the living process; null when there is none.</summary>
    public int? Pid { get; private set; } = agent.NextPid();

    /// <summary>Nobody has stopped it.</summary>
    public bool IsWanted => _desired is DesiredState.Running;

    /// <summary>Down, by the agent's own judgment.</summary>
    public HealthState State => _health.State;

    /// <summary>Kind and daemon as the inventory says them.</summary>
    public NodeKind Kind { get; set; } = NodeKind.WalletRpc;

    public NodeName? Daemon { get; set; }

    /// <summary>The living process; null when there is none.</summary>
    public ProcessIdentity? Life => Pid is { } pid ? Identity(pid) : null;

    public Dictionary<string, string>? Labels { get; set; }

    public ReportedNode Reported() => new()
    {
        Inventory = new NodeInventory
        {
            Name = name,
            Kind = Kind,
            Daemon = Daemon,
            Port = 18210,
            WalletDeclared = true,
            Available = _available,
            Labels = Labels is null ? null : System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(Labels),
        },
        Seen = _seenEpoch == agent.Epoch ? _seen : null,
        Identity = Life,
        Phase = Pid is null ? "stopped" : "running",
        Breaker = _breaker,
    };

    /// <summary>A look of the agent: as the evidence says, or at nothing where the process is gone.</summary>
    public void Observe(NodeEvidence evidence) => Look(evidence, looked: true);

    public void Healthy() => Observe(Given.Wallet);

    public void Hung() => Observe(Given.Silent(120));

    /// <summary>Ended by a signal that nobody had asked for.</summary>
    public void Kill(int signal = 9, bool expected = false, ExitCause cause = ExitCause.Unknown)
    {
        if (Pid is not { } pid)
        {
            return;
        }

        Pid = null;
        Look(Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.Killed(signal), cause) { Pid = pid } }, looked: false);
        agent.Add(name, new NodeFact.Exited(pid, null, signal, cause, expected));
    }

    public void Spawn()
    {
        Pid = agent.NextPid();
        _breaker = _breaker is null ? null : _breaker with { State = BreakerState.HalfOpen, NextTry = null };
        agent.Add(name, new NodeFact.Spawned(Pid.Value));
        Look(Starting(), looked: false);
    }

    public void FailToSpawn()
    {
        Look(Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.NeverStarted("no such file"), ExitCause.Unknown) }, looked: false);
        agent.Add(name, new NodeFact.SpawnFailed("no such file"));
    }

    public void OpenBreaker()
    {
        agent.Add(name, new NodeFact.BreakerOpened(600_000, "5 starts in 10 min"));
        _breaker = (_breaker ?? new BreakerStanding { State = BreakerState.Open, Since = agent.Now, Why = "5 starts in 10 min" }) with
        {
            State = BreakerState.Open,
            NextTry = agent.Now.AddMinutes(10),
        };
    }

    public void CloseBreaker(string why = "the one start that was tried has lasted")
    {
        if (_breaker is not null)
        {
            _breaker = null;
            agent.Add(name, new NodeFact.BreakerClosed(why));
        }
    }

    public void Order(string verb, string by = "alice")
    {
        agent.Add(name, new NodeFact.Ordered(verb, by));
        (_desired, _available) = verb switch
        {
            "stop" => ((DesiredState)new DesiredState.Stopped(by, agent.Now), _available),
            "disable" => (new DesiredState.Stopped("disable", agent.Now), false),
            "enable" => (_desired is DesiredState.Stopped { By: "disable" } ? new DesiredState.Running() : _desired, true),
            _ => (new DesiredState.Running(), _available),
        };
        if (verb is not ("stop" or "disable"))
        {
            CloseBreaker($"{by} ordered {verb}");
        }
    }

    /// <summary>Found by a new agent, which remembers nothing of its health.</summary>
    public void Adopt()
    {
        (_health, _row, _number) = (Health.Unseen(agent.Now), null, 0);
        if (Pid is { } pid)
        {
            agent.Add(name, new NodeFact.Adopted(pid));
        }
    }

    private static NodeEvidence Starting() => Given.Wallet with
    {
        Process = Given.Alive(TimeSpan.FromSeconds(1)),
        Api = new ApiAnswer.Refused(),
        Port = new PortSighting.Nobody(),
        Work = new WorkSighting(),
    };

    private void Look(NodeEvidence evidence, bool looked)
    {
        var number = new ObservationNumber(agent.Epoch, (agent.Life << 32) | ++_number);
        var gone = looked && Pid is null;
        var seen = (gone ? Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.Unknown) } : evidence) with
        {
            Number = number,
            At = agent.Now,
            Desired = _desired,
            Disk = looked ? evidence.Disk ?? MuchSpace : null,
            HostEvidenceAge = null,
        };
        var diagnosis = Diagnoser.Diagnose(seen, DiagnosisPolicy.Default);
        _row = VerdictRow.After(_row, _health, diagnosis, agent.Now);
        (_seen, _seenEpoch) = (new ObservedEvidence(number.Number, agent.Now, agent.Position.N, _row, HostEvidence.Of(seen)), agent.Epoch);
        var step = HealthMachine.Advance(_health, seen, diagnosis, HealthPolicy.Default);
        _health = step.Next;
        if (step.Transition is not null && looked)
        {
            agent.Add(name, new NodeFact.Observed(_seen));
        }
    }

    private ProcessIdentity Identity(int pid) => new("9d1c1b0e-0000-4000-8000-000000000000", pid, 4711, $"{Id}:0123456789abcdef:x");
}
