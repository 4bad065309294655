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
    private readonly INodeMachine _machine;
    private readonly NodeLadder _ladder;
    private readonly NodeCure _cure;
    private readonly NodeWishes _wishes;
    private readonly EvidenceGatherer _gatherer;
    private readonly ViewBoard _board;
    private readonly LookRequests _looks;
    private NodeConfig _config;
    private Task _loop = Task.CompletedTask;

    /// <param name="observed">The last observation's number, of a supervisor whose place this one takes in the same life of the agent.</param>
    public NodeSupervisor(NodeConfig config, NodeContext context, long observed = 0)
    {
        _config = config;
        _context = context;
        Name = config.Name;
        _wishes = new NodeWishes(config, context);
        _health = new NodeHealth(Name, context, observed);
        _gatherer = new EvidenceGatherer(context.Gather);
        _tasks = new NodeTasks(context, Name, _gatherer, Post, _leaving.Token);
        _times = new NodeTimes(context.Clock, () => Post(new NodeMessage.Due()));
        _ladder = new NodeLadder(Name, context, _health);
        _machine = config.Manage == NodeManage.Watch
            ? new WatchMachine(Name, context, _gatherer, _tasks, _health, Post)
            : new NodeMachine(Name, context, new NodeProcess(context, Name, TellExit), _tasks, _health, _ladder);
        _cure = new NodeCure(Name, context, _machine, _health, _tasks, _times, _ladder);
        _board = new ViewBoard(View());
        _looks = new LookRequests(context, _health, _machine, _board);
    }

    public NodeName Name { get; }

    public NodeSnapshot Current => _board.Current;

    /// <summary>Adopts what is alive, starts what is wanted, and goes on until disposed.</summary>
    public void Begin(AdoptableProcess? found)
    {
        if (_wishes.Desired is DesiredState.Stopped stopped)
        {
            _ladder.For(new RestartReason.ByOrder("stop", stopped.By));
        }

        _machine.Begin(found, _wishes.WantsToRun, _config);
        ObserveProcess();
        _times.CheckNow();
        EndTurn();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Completes when the loop has taken the order, or not.</summary>
    public Task<OrderAnswer> OrderAsync(NodeOrder order, OrderTerms terms)
    {
        var answer = new TaskCompletionSource<OrderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new NodeMessage.Ordered(order, terms, answer));
        return answer.Task;
    }

    /// <summary>Somebody looks: check soon, though not more often than the fast period.</summary>
    public void WantCheck() => Post(new NodeMessage.CheckWanted());

    /// <summary>Completes when the loop has come round to it; never, once it has ended.</summary>
    public Task TurnAsync()
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new NodeMessage.Turn(taken));
        return taken.Task;
    }

    public void Configure(NodeConfig config) => Post(new NodeMessage.Configured(config));

    /// <summary>Saves and stops the process without touching the desired state.</summary>
    public void Leave() => Post(new NodeMessage.Leave());

    public Task<NodeSnapshot> WhenAsync(Func<NodeSnapshot, bool> condition, CancellationToken cancellation) => _board.WhenAsync(condition, cancellation);

    /// <summary>Gathers evidence now.</summary>
    /// <param name="save">Take it into the node's health, as a regular check is.</param>
    public async Task<NodeEvidence> LookAsync(bool askApi, bool save, CancellationToken cancellation)
    {
        var request = await _looks.FindAsync(askApi, cancellation);
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
            process.Unwatch(_context.Watcher);
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
                (message as NodeMessage.Ordered)?.Answer.TrySetResult(new OrderAnswer.Failed($"{Name}: the agent failed at it; its log says how"));
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
            case NodeMessage.Watched watched when _machine.Take(watched, _config):
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
                ordered.Answer.TrySetResult(Obey(ordered.Order, ordered.Terms));
                break;
            case NodeMessage.WalletOpened opened:
                _cure.WalletOpened(opened);
                break;
            case NodeMessage.Configured configured:
                Reconfigure(configured.Config);
                break;
            case NodeMessage.Turn turn:
                turn.Taken.TrySetResult();
                break;
            case NodeMessage.Leave:
                _wishes.Leave();
                _ladder.For(new RestartReason.ByLeave());
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
            _tasks.BeginCheck(_looks.Of(View(), askApi: _machine.Phase is not ProcessPhase.Stopping && !_tasks.IsOpening(_context.Config().Diagnosis.StartGrace)), _machine.PrepareAsync);
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

        _ladder.Look(evidence, _config, _machine.Phase);
        if (_config.Kind == NodeKind.Daemon)
        {
            _context.Gather.Daemons.Put(Name, evidence);
        }

        _cure.Apply(_health.Observe(evidence), _config);
    }

    private OrderAnswer Obey(NodeOrder order, OrderTerms terms)
    {
        var before = _machine.Process;
        var other = (_wishes.Refuse(order) ?? _machine.Refuse(order, _config) ?? terms.Problem(_config.StopBudget)) is { } refusal ? new OrderAnswer.Refused(refusal) : terms.Aim?.Judge(order, before?.Identity, _wishes.WantsToRun);
        if (other is not null)
        {
            return other;
        }

        if (terms.Aim is { Automatic: true })
        {
            return _cure.Obey(terms, _wishes, _config);
        }

        if (_wishes.Take(order, terms.By) is { } unkept)
        {
            return new OrderAnswer.Refused(unkept);
        }

        var verb = order.ToString().ToLowerInvariant();
        _context.Events.Add(Name, _context.Clock.Wall, new NodeFact.Ordered(verb, terms.By));
        _machine.Ordered(order, terms.By, _config);
        _ladder.For(new RestartReason.ByOrder(verb, terms.By), terms);
        if (order is NodeOrder.Start or NodeOrder.Restart or NodeOrder.Enable && _wishes.WantsToRun)
        {
            _wishes.CloseBreaker();
            _machine.TellClosed($"{terms.By} ordered {verb}");
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

        return new OrderAnswer.Taken(before?.Identity, _ladder.Attach(terms));
    }

    private void Reconfigure(NodeConfig config)
    {
        var restart = !_config.RunsTheSameAs(config);
        _config = config;
        var wanted = _wishes.WantsToRun;
        _wishes.Configure(config);
        _ladder.For(new RestartReason.ByReload());
        if (!restart)
        {
            _machine.Keep(config);
        }

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
            Observe(new ProcessSighting.Alive { Identity = process.Identity, RunState = ProcessRunState.Running, Age = _context.Clock.Now - process.StartedAt }, _machine.ProcessSince);
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

        _ladder.EndTurn(_machine.Phase, _machine.Process);
        _times.Arrange(_machine.Phase, CheckPace.Of(_machine.Phase, _health.Health, _context.Config().Checks));
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
        ProcessPhase.Looking => _machine.UnitOrder is { IsRunning: true },
        ProcessPhase.Starting starting => _context.Clock.Now - starting.Since < _context.Config().Diagnosis.StartGrace,
        _ => false,
    };

    private void TellExit(NodeLife process) => Post(new NodeMessage.ProcessExited(process, _context.Clock.Wall));

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
        Ladder = _ladder.View,
        Wallet = _ladder.Wallet,
        Breaker = _machine.Breaker,
        UnitOrder = _machine.UnitOrder,
        Tally = _health.Tally,
    };
}
