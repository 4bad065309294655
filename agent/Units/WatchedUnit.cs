using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The unit of a watched node: one systemctl at a time, beside the loop, and what becomes of it. Without a unit nothing is ever asked. Used by
/// the node's loop alone.
/// </summary>
internal sealed class WatchedUnit(NodeName node, NodeContext context, NodeTasks tasks, NodeHealth health, Action<NodeMessage> post)
{
    /// <summary>Bound of the save before systemd sends its signals.</summary>
    private static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(30);

    private UnitBreaker _breaker = Remembered(context, context.Journal.Of(node));
    private BreakerStanding? _opened = context.Journal.Of(node).BreakerAt(context.Clock.Wall, context.Config().Supervision.BreakerMax);
    private NodeLife? _about;

    public UnitOrder? Order { get; private set; }

    public bool AllowsRestart => Order is not { IsRunning: true } && _breaker.Allows(context.Clock.Now);

    /// <summary>That life is being stopped.</summary>
    public bool IsBusyWith(NodeLife process) => Order is { IsRunning: true } && _about == process;

    /// <summary>Its end was asked for, and not refused.</summary>
    public bool IsAbout(NodeLife process) => _about == process;

    /// <summary>Null while it is closed.</summary>
    public BreakerStanding? Breaker => _opened is { } opened && !_breaker.IsOpen(context.Clock.Now)
        ? opened with { State = BreakerState.HalfOpen, NextTry = null }
        : _opened;

    public void Forgive(string why)
    {
        _breaker = UnitBreaker.Closed;
        TellClosed(why);
    }

    public void TellClosed(string why)
    {
        if (_opened is not null)
        {
            _opened = null;
            context.Journal.Append(node, new JournalRecord.Breaker(node, 0, null), durable: false);
            context.Events.Add(node, context.Clock.Wall, new NodeFact.BreakerClosed(why));
        }
    }

    /// <summary>A restart that nobody ordered, within the bounds of the breaker.</summary>
    public void AskByItself(string why, NodeLife? process, NodeConfig config)
    {
        if (config.Unit is null || !AllowsRestart)
        {
            return;
        }

        var now = context.Clock.Now;
        _breaker = _breaker.Tried(now, context.Config().Supervision);
        if (_breaker.IsOpen(now))
        {
            var open = _breaker.OpenUntil!.Value - now;
            _opened = (_opened ?? new BreakerStanding
            {
                State = BreakerState.Open,
                Since = context.Clock.Wall,
                Why = "its unit was restarted too often; this is the last for now",
            }) with
            { NextTry = context.Clock.Wall + open };
            context.Journal.Append(
                node,
                new JournalRecord.Breaker(node, _breaker.History.Openings, _opened.NextTry) { Since = _opened.Since, Why = _opened.Why },
                durable: false);
            context.Events.Add(node, context.Clock.Wall, new NodeFact.BreakerOpened((long)open.TotalMilliseconds, _opened.Why));
        }

        Ask(UnitVerb.Restart, why, process, config);
    }

    public void Ask(UnitVerb verb, string why, NodeLife? process, NodeConfig config)
    {
        if (config.Unit is not { } unit || Order is { IsRunning: true })
        {
            return;
        }

        Order = new UnitOrder(verb, IsRunning: true, IsLooked: false, null);
        _about = verb == UnitVerb.Start ? null : process;
        var saved = verb != UnitVerb.Start && health.Silence is null && config.Kind == NodeKind.WalletRpc ? process : null;
        tasks.Begin($"systemctl {verb}", async cancellation => post(new NodeMessage.UnitAnswered(verb, why, await AskAsync(verb, unit, saved, config, cancellation))));
    }

    /// <returns>Null is success. What fails, whatever it is, is an answer too: without one nothing more would ever be asked of the unit.</returns>
    private async Task<string?> AskAsync(UnitVerb verb, UnitConfig unit, NodeLife? saved, NodeConfig config, CancellationToken cancellation)
    {
        try
        {
            if (saved is not null)
            {
                context.Events.Add(node, context.Clock.Wall, new NodeFact.Stopping(saved.Identity.Pid, "store"));
                using var client = NodeRpc.ClientFor(config, StoreDeadline, context.Clock.Provider);
                await client.StoreAsync(StoreDeadline, cancellation);
            }

            return await new Systemctl(unit, context.Clock.Provider).AskAsync(verb, cancellation);
        }
        catch (Exception bug) when (!cancellation.IsCancellationRequested)
        {
            context.Log.Bug(node.ToString(), $"ask systemctl to {verb.ToString().ToLowerInvariant()} {unit.Name}", bug);
            return "the agent failed at it; its log says how";
        }
    }

    /// <param name="living">The life that is there now.</param>
    public void Answered(NodeMessage.UnitAnswered answer, NodeLife? living, NodeConfig config)
    {
        var unit = config.Unit?.Name ?? "";
        var failure = answer.Failure
            ?? (_about is not null && _about == living && living.See() is ProcessSighting.Alive
                ? $"systemctl {answer.Verb.ToString().ToLowerInvariant()} {unit} is done, and pid {living.Identity.Pid} still runs: it is not of that unit"
                : null);
        context.Events.Add(node, context.Clock.Wall, new NodeFact.UnitCommand(unit, answer.Verb.ToString().ToLowerInvariant(), answer.Why, failure));
        Order = new UnitOrder(answer.Verb, IsRunning: false, IsLooked: false, failure);
        _about = failure is null ? _about : null;
    }

    /// <summary>No process was found: after the answer that means something.</summary>
    public void Looked() => Order = Order is { IsRunning: false } order ? order with { IsLooked = true } : Order;

    /// <summary>An open breaker stays open when the agent is started again.</summary>
    private static UnitBreaker Remembered(NodeContext context, JournaledNode journaled) =>
        context.Clock.Wall is var now && journaled.BreakerAt(now, context.Config().Supervision.BreakerMax) is { NextTry: { } next }
            ? new UnitBreaker { OpenUntil = context.Clock.Now + (next - now), History = ProcessHistory.Empty with { Openings = journaled.Openings } }
            : UnitBreaker.Closed;
}
