using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What is wrong with what several instances have stored and done, beside what really happened: a line each.</summary>
internal sealed class ScaleOutVerdict(ScaledFleet fleet, ScaleOutRun run, ScaleOutState state)
{
    /// <summary>An order is stored a moment after its slot was reserved; after lost races, a long one.</summary>
    private static readonly TimeSpan BudgetSlack = TimeSpan.FromSeconds(5);

    public Dictionary<string, int> Told { get; } = AlertLines.Count(fleet.Slots.SelectMany(s => s.Output));

    public int Kills => fleet.Slots.Sum(s => s.Kills);

    public int Repeats => Told.Values.Sum(n => n - 1);

    private IEnumerable<OrderRecord> Automatic => state.Orders.Where(o => o.Order.Automatic is not null);

    public IEnumerable<string> Faults() =>
        [.. fleet.Hosts.SelectMany(LostEvents), .. state.Nodes.Values.SelectMany(LostTransitions), .. Counters(), .. Incidents(), .. Orders(), .. Budget(), .. Alerts()];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills ({fleet.Slots.Sum(s => s.KillsAtSteps)} at numbered steps); {fleet.Platform.Calls} invocations, {fleet.Platform.Failed} of them cut off or refused, {fleet.Platform.Doubled} messages to two at once; " +
        $"{fleet.Hosts.Sum(h => h.Agent.Reports)} reports, {fleet.Hosts.Sum(h => h.Agent.Events.Length)} events; {Injected().Values.Sum()} faults; " +
        $"{state.History.SelectMany(h => h).Count(e => e.Transition is not null)} transitions, {state.Incidents.Sum(i => i.Count())} incidents, " +
        $"{Automatic.Count()} automatic and {state.Orders.Count - Automatic.Count()} other orders ({run.Asked} times asked, {run.Accepted.Count} times answered), {state.Deliveries.Count} alerts told in {Told.Values.Sum()} lines; {fleet.Platform.ByFunction}");

    /// <summary>Faults by node, of those that each make one incident.</summary>
    private Dictionary<NodeId, int> Injected() => fleet.Hosts.SelectMany(h => h.Faults).Concat(run.StubFaults).ToDictionary();

    /// <summary>Each event is in the history once, at its place, and the node knows its last.</summary>
    private IEnumerable<string> LostEvents(FleetHost host)
    {
        var happened = host.Agent.Events.Where(e => e.Node is not null && e.Fact is not NodeFact.Observed).Select(e => $"{host.Name}.{e.Node} {e.Position} {e.At:O}").ToHashSet();
        var stored = state.History.Where(h => h.Key.StartsWith($"{host.Name}.", StringComparison.Ordinal))
            .SelectMany(h => h.Where(e => e.Fact is not null).Select(e => $"{h.Key} {e.Place} {e.At:O}")).ToList();
        return happened.Except(stored).Select(e => $"lost: event {e}")
            .Concat(stored.Except(happened).Select(e => $"never happened: event {e}"))
            .Concat(If(stored.Count != stored.Distinct().Count(), "an event is stored twice"))
            .Concat(host.Agent.LastEvents.Where(l => state.Nodes.GetValueOrDefault(l.Key)?.LastEvent != l.Value).Select(l => $"{l.Key} does not know its last event {l.Value}"));
    }

    /// <summary>From the first to the last each transition begins where the one before has ended, and the node is where the last has ended.</summary>
    private IEnumerable<string> LostTransitions(NodeRecord node)
    {
        var at = (HealthState.Unknown, Condition.Inconclusive);
        foreach (var (entry, i) in state.History[$"{node.Id}"].Where(e => e.Transition is not null).OrderBy(e => e.At).ThenBy(PlaceOf).Select((e, i) => (e, i)))
        {
            var transition = entry.Transition!;
            if (i > 0 && at != (transition.From, transition.FromCondition))
            {
                yield return $"{node.Id}: transition {entry.Place} begins at {(transition.From, transition.FromCondition)}, and the one before ended at {at}";
            }

            at = (transition.To, transition.ToCondition);
        }

        if (node.Available && at != (node.Health.State, node.Health.Condition))
        {
            yield return $"{node.Id} is {(node.Health.State, node.Health.Condition)}, and its last transition ended at {at}";
        }
    }

    private IEnumerable<string> Counters()
    {
        var notUp = state.Nodes.Values.Where(n => n.CountedState() != HealthState.Up).ToDictionary(n => $"{n.Id}", n => n.CountedState());
        var counted = state.NotUp.Where(n => !n.Value.Agent).ToDictionary(n => n.Key, n => n.Value.State);
        return notUp.Except(counted).Select(n => $"{n.Key} is {n.Value} and not counted so")
            .Concat(counted.Except(notUp).Select(n => $"{n.Key} is counted {n.Value} and is not so"))
            .Concat(If(state.Total != state.Nodes.Count, $"{state.Total} nodes are counted, and there are {state.Nodes.Count}"));
    }

    private IEnumerable<string> Incidents()
    {
        foreach (var (node, faults) in Injected().Where(f => state.Incidents[$"{f.Key}"].Count() != f.Value))
        {
            yield return $"{node}: {state.Incidents[$"{node}"].Count()} incidents of {faults} faults";
        }

        var nodes = state.Nodes.ToDictionary(n => $"{n.Key}", n => n.Value);
        foreach (var subject in state.Incidents.Where(s => nodes.ContainsKey(s.Key)))
        {
            var inOrder = subject.OrderBy(i => i.OpenedAt).ToList();
            if (inOrder.Zip(inOrder.Skip(1)).Any(pair => pair.First.ResolvedAt is not { } over || over > pair.Second.OpenedAt))
            {
                yield return $"{subject.Key}: two incidents at one time";
            }

            if (inOrder[^1].ResolvedAt is null == nodes[subject.Key].Health.State is HealthState.Up)
            {
                yield return $"{subject.Key}: its incident is open and it is Up, or the other way round";
            }
        }
    }

    private IEnumerable<string> Orders()
    {
        var sent = fleet.Hosts.SelectMany(h => h.Agent.Orders).ToDictionary();
        var hangs = fleet.Hosts.SelectMany(h => h.Hangs).ToDictionary(h => $"{h.Key}", h => h.Value);
        return Automatic.GroupBy(o => o.Order.Identity).Where(g => g.Count() > 1).Select(g => $"two automatic orders for one life, {g.Key}")
            .Concat(hangs.Where(h => Automatic.Count(o => o.Order.Subject == h.Key) != h.Value).Select(h => $"{h.Key}: {Automatic.Count(o => o.Order.Subject == h.Key)} automatic orders of {h.Value} hangs"))
            .Concat(Automatic.Where(o => !hangs.ContainsKey(o.Order.Subject)).Select(o => $"{o.Order.Subject} never hung and is restarted"))
            .Concat(sent.Where(s => s.Value.Count != s.Value.Distinct().Count()).Select(s => $"order {s.Key} came twice in one attempt"))
            .Concat(sent.Keys.Except(state.Orders.Select(o => o.Order.Id)).Select(o => $"order {o} was sent and is not stored"))
            .Concat(run.Accepted.Except(sent.Keys).Select(o => $"order {o} was accepted and never came"))
            .Concat(state.Orders.Where(o => o.State != OrderState.Ended).Select(o => $"order {o.Order.Id} is {o.State}"))
            .Concat(If(state.Orders.Count - Automatic.Count() > run.Asked, "there are more orders than were asked for"));
    }

    private IEnumerable<string> Budget()
    {
        var window = ScaledFleet.Window - BudgetSlack;
        var allowed = RestartPolicy.Default.Allowed(state.Nodes.Count);
        var times = Automatic.Select(o => o.StoredAt).Order().ToList();
        return times.Where(t => times.Count(other => other >= t && other - t < window) > allowed).Select(t => $"more than {allowed} automatic orders from {t:O}");
    }

    /// <summary>Whatever had to be told is told, and no more often than processes died.</summary>
    private IEnumerable<string> Alerts()
    {
        var certain = fleet.Hosts.ToDictionary(h => h.Name, h => (h.Rounds * HomeStory.AlertsOfARound) + 1);
        var stored = state.Deliveries.GroupBy(d => d.Alert.Subject).ToDictionary(g => g.Key, g => g.Select(d => d.Alert.Id).Distinct().Count());
        return state.Deliveries.Where(d => !Told.ContainsKey(d.Alert.Id)).Select(d => $"alert {d.Alert.Id} of {d.Alert.Subject} is called told and was not")
            .Concat(certain.Where(c => HomeStory.Nodes.Sum(n => stored.GetValueOrDefault($"{c.Key}.{n}")) != c.Value)
                .Select(c => $"{c.Key}: {HomeStory.Nodes.Sum(n => stored.GetValueOrDefault($"{c.Key}.{n}"))} alerts of {c.Value}"))
            .Concat(If(Repeats > Kills, $"{Repeats} alerts were told once more, with {Kills} kills"));
    }

    private static IEnumerable<string> If(bool wrong, string fault) => wrong ? [fault] : [];

    /// <summary>By number within one moment.</summary>
    private static long PlaceOf(HistoryEntry entry) => entry.Place.Split('.') is [_, var n] && long.TryParse(n, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
}
