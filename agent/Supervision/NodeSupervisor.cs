using System.Threading.Channels;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// One node's loop: the single owner of its process, its machine and its health. Everything that happens arrives in one inbox;
/// what takes time (checks, the stop ladder, opening a wallet) runs beside the loop and reports back into it.
/// </summary>
internal sealed class NodeSupervisor : IAsyncDisposable
{
    private readonly Channel<NodeMessage> _inbox = Channel.CreateUnbounded<NodeMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _leaving = new();
    private readonly NodeContext _context;
    private readonly NodeHealth _health;
    private readonly NodeTasks _tasks;
    private readonly NodeTimes _times;
    private readonly NodeMachine _machine;
    private readonly NodeCure _cure;
    private readonly NodeWishes _wishes;
    private readonly EvidenceGatherer _gatherer;
    private readonly ViewBoard _board;
    private NodeConfig _config;
    private Task _loop = Task.CompletedTask;

    public NodeSupervisor(NodeConfig config, NodeContext context)
    {
        _config = config;
        _context = context;
        Name = config.Name;
        _wishes = new NodeWishes(config, context);
        _health = new NodeHealth(Name, context);
        _gatherer = new EvidenceGatherer(context.Gather);
        _tasks = new NodeTasks(context, Name, _gatherer, Post, _leaving.Token);
        _times = new NodeTimes(context.Clock, () => Post(new NodeMessage.Due()));
        var process = new NodeProcess(context, Name, p => Post(new NodeMessage.ProcessExited(p, context.Clock.Wall)));
        _machine = new NodeMachine(Name, context, process, _tasks, _health);
        _cure = new NodeCure(Name, context, _machine, _health, _tasks, _times);
        _board = new ViewBoard(View());
    }

    public NodeName Name { get; }

    public NodeSnapshot Current => _board.Current;

    /// <summary>Adopts what is alive, starts what is wanted, and goes on until disposed.</summary>
    public void Begin(AdoptableProcess? found)
    {
        _machine.TellUntoldEnds(found?.Identity, expected: !_wishes.WantsToRun);
        if (found is not null)
        {
            _machine.Adopt(found, _config);
        }

        Decide(_wishes.WantsToRun ? new ProcessEvent.StartWanted(ByOperator: false) : new ProcessEvent.StopWanted());
        ObserveProcess();
        _times.CheckNow();
        EndTurn();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Completes when the loop has taken the order, or not.</summary>
    /// <param name="order">What is ordered.</param>
    /// <param name="by">Who ordered it.</param>
    /// <param name="aim">The life that is meant; null for whichever is there.</param>
    public Task<OrderAnswer> OrderAsync(NodeOrder order, string by, OrderAim? aim = null)
    {
        var answer = new TaskCompletionSource<OrderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new NodeMessage.Ordered(order, by, aim, answer));
        return answer.Task;
    }

    /// <summary>Somebody looks: check soon, though not more often than the fast period.</summary>
    public void WantCheck() => Post(new NodeMessage.CheckWanted());

    public void Configure(NodeConfig config) => Post(new NodeMessage.Configured(config));

    /// <summary>Saves and stops the process without touching the desired state.</summary>
    public void Leave() => Post(new NodeMessage.Leave());

    public Task<NodeSnapshot> WhenAsync(Func<NodeSnapshot, bool> condition, CancellationToken cancellation) => _board.WhenAsync(condition, cancellation);

    /// <summary>Gathers evidence now.</summary>
    /// <param name="save">Take it into the node's health, as a regular check is.</param>
    public async Task<NodeEvidence> LookAsync(bool askApi, bool save, CancellationToken cancellation)
    {
        var request = Request(Current, askApi);
        var evidence = await _gatherer.LookAsync(request, cancellation);
        if (save)
        {
            Post(new NodeMessage.Gathered(evidence, request.Process));
        }

        return evidence;
    }

    /// <summary>Ends the loop; a living process is left alone, to be adopted by the next agent.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _inbox.Writer.TryComplete();
        await _loop;
        await _tasks.DisposeAsync();
        _times.Dispose();
        _gatherer.Dispose();
        if (_machine.Process is { } process)
        {
            _context.Watcher.Unwatch(process.PidFd);
            process.Dispose();
        }

        _context.Remedies.Return(Name);
        _leaving.Dispose();
    }

    private void Post(NodeMessage message) => _inbox.Writer.TryWrite(message);

    private async Task RunAsync()
    {
        await foreach (var message in _inbox.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (_leaving.IsCancellationRequested)
            {
                return;
            }

            try
            {
                Handle(message);
            }
            catch (Exception bug)
            {
                _context.Log.Bug(Name.ToString(), $"handle {message.GetType().Name}", bug);
            }

            EndTurn();
        }
    }

    private void Handle(NodeMessage message)
    {
        switch (message)
        {
            case NodeMessage.ProcessExited exited when exited.Process == _machine.Process:
                _machine.Bury(exited.Process, exited.At, _config, () => Observe(_health.LastGone, exited.At));
                NewLife();
                break;
            case NodeMessage.Due:
                OnDue();
                break;
            case NodeMessage.Gathered gathered:
                OnGathered(gathered);
                break;
            case NodeMessage.CheckEnded:
                _tasks.CheckEnded();
                break;
            case NodeMessage.CheckWanted:
                _times.CheckSoon(_context.Config().Checks.FastPeriod);
                break;
            case NodeMessage.Ordered ordered:
                ordered.Answer.TrySetResult(Obey(ordered.Order, ordered.By, ordered.Aim));
                break;
            case NodeMessage.WalletOpened opened:
                _cure.WalletOpened(opened);
                break;
            case NodeMessage.Configured configured:
                Reconfigure(configured.Config);
                break;
            case NodeMessage.Leave:
                _wishes.Leave();
                Decide(new ProcessEvent.StopWanted());
                break;
        }
    }

    private void OnDue()
    {
        var before = _machine.Process;
        Decide(new ProcessEvent.Due());
        if (before != _machine.Process)
        {
            NewLife();
        }

        if (_times.TakeDueCheck())
        {
            _tasks.BeginCheck(Request(View(), askApi: _machine.Phase is not ProcessPhase.Stopping && !_tasks.IsOpening(_context.Config().Diagnosis.StartGrace)));
        }
    }

    private void OnGathered(NodeMessage.Gathered gathered)
    {
        if (gathered.Process != _machine.Process)
        {
            return;
        }

        var evidence = gathered.Evidence with { Desired = _wishes.Desired };
        if (_machine.Phase is ProcessPhase.Starting && ApiSigns.IsAlive(evidence.Api) && _machine.Process is { } process)
        {
            var after = (long)(_context.Clock.Now - process.StartedAt).TotalMilliseconds;
            _context.Events.Add(Name, evidence.At, new NodeFact.Answered((evidence.Api as ApiAnswer.Answered)?.Version ?? 0, after));
            Decide(new ProcessEvent.Answered());
        }

        if (_config.Kind == NodeKind.Daemon)
        {
            _context.Gather.Daemons.Put(Name, evidence.Api);
        }

        _cure.Apply(_health.Observe(evidence), _config);
    }

    private OrderAnswer Obey(NodeOrder order, string by, OrderAim? aim)
    {
        var before = _machine.Process;
        var other = _wishes.Refuse(order) is { } refusal ? new OrderAnswer.Refused(refusal) : aim?.Judge(order, before?.Identity, _wishes.WantsToRun);
        if (other is not null)
        {
            return other;
        }

        _context.Events.Add(Name, _context.Clock.Wall, new NodeFact.Ordered(order.ToString().ToLowerInvariant(), by));
        _wishes.Take(order, by);
        if (order is NodeOrder.Start or NodeOrder.Restart or NodeOrder.Enable && _wishes.WantsToRun)
        {
            _wishes.CloseBreaker();
            Decide(order is NodeOrder.Restart ? new ProcessEvent.RestartWanted(ByOperator: true) : new ProcessEvent.StartWanted(ByOperator: true));
        }
        else if (!_wishes.WantsToRun)
        {
            Decide(new ProcessEvent.StopWanted());
        }

        if (before != _machine.Process)
        {
            NewLife();
        }
        else
        {
            _times.CheckNow();
        }

        return new OrderAnswer.Taken(before?.Identity);
    }

    private void Reconfigure(NodeConfig config)
    {
        var restart = !_config.RunsTheSameAs(config);
        _config = config;
        var wanted = _wishes.WantsToRun;
        _wishes.Configure(config);
        if (wanted != _wishes.WantsToRun)
        {
            Decide(_wishes.WantsToRun ? new ProcessEvent.StartWanted(ByOperator: true) : new ProcessEvent.StopWanted());
        }
        else if (restart && wanted)
        {
            _context.Log.Write(Name.ToString(), "its configuration changed: restarting it");
            Decide(new ProcessEvent.RestartWanted(ByOperator: true));
        }
    }

    private void NewLife()
    {
        _cure.NewLife();
        ObserveProcess();
        _times.CheckNow();
    }

    private void Decide(ProcessEvent happened) => _machine.Decide(happened, _config);

    /// <summary>What the loop knows of its process without looking: certain, so it goes into the health at once.</summary>
    private void ObserveProcess()
    {
        if (_machine.Process is { } process)
        {
            Observe(new ProcessSighting.Alive { Identity = process.Identity, RunState = ProcessRunState.Running, Age = _context.Clock.Now - process.StartedAt }, _context.Clock.Wall);
        }
        else if (!_machine.IsHeld)
        {
            // A start that the port's holder keeps from being tried is no exit: the look that is due now says who holds it.
            Observe(_health.LastGone with { NextStart = _machine.NextStart }, _context.Clock.Wall);
        }
    }

    private void Observe(ProcessSighting sighting, DateTimeOffset at)
    {
        if (sighting is ProcessSighting.Gone && _config.Kind == NodeKind.Daemon)
        {
            _context.Gather.Daemons.PutGone(Name);
        }

        _health.ObserveProcess(_config, sighting, _wishes.Desired, at);
    }

    /// <summary>After every message: the turn of automatic restarts given back, the timer set, the view published.</summary>
    private void EndTurn()
    {
        if (!HoldsTurn())
        {
            _context.Remedies.Return(Name);
        }

        _times.Arrange(_machine.Phase, CheckPace.Of(_machine.Phase, _health, _context.Config().Checks));
        var (before, view) = (_board.Current, View());
        _board.Publish(view);
        if (view.IsNewsAfter(before))
        {
            _context.Bell.Ring();
        }
    }

    /// <summary>A restart that does not come to an answer keeps the others waiting, and a second try of its own, for no longer than the grace of a start.</summary>
    private bool HoldsTurn() => _machine.Phase switch
    {
        ProcessPhase.Stopping => true,
        ProcessPhase.Starting starting => _context.Clock.Now - starting.Since < _context.Config().Diagnosis.StartGrace,
        _ => false,
    };

    private LookRequest Request(NodeSnapshot view, bool askApi) => new()
    {
        Blank = _health.NewEvidence(view.Config, _context.Clock.Wall) with { Desired = view.Desired },
        Config = view.Config,
        Process = view.Process,
        Gone = _health.LastGone,
        AskApi = askApi,
        Starting = view.Phase is ProcessPhase.Starting,
    };

    private NodeSnapshot View() => new()
    {
        Config = _config,
        Phase = _machine.Phase,
        Health = _health.Health,
        Desired = _wishes.Desired,
        Available = _wishes.Available,
        Restarts = Math.Max(0, _machine.Restarts),
        Process = _machine.Process,
        Evidence = _health.Evidence,
        Seen = _health.Seen,
        WalletFailure = _cure.WalletFailure,
    };
}
