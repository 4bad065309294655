namespace MoneroCloud.Core;

/// <summary>
/// Takes what is learned of a node into its record: events in their order, the newest state, the monitor's own probe. Pure, and idempotent:
/// what was taken in once changes nothing the second time, in whatever order it comes.
/// </summary>
public static class NodeFold
{
    /// <summary>What an agent declares about a node.</summary>
    public static NodeRecord Declare(NodeRecord record, NodeInventory inventory) => record with
    {
        Kind = inventory.Kind,
        Port = inventory.Port,
        Tls = inventory.Tls,
        WalletDeclared = inventory.WalletDeclared,
        WalletFileMode = inventory.WalletFileMode,
        Daemon = inventory.Daemon,
        Labels = inventory.Labels,
        Available = inventory.Available,
    };

    /// <summary>One event of the node's agent. Events of one agent must come in their order; those that are known already change nothing.</summary>
    public static NodeChange Event(NodeChange change, NodeEvent happened, FoldContext context)
    {
        var record = change.Next;
        if (happened.Position <= record.Applied)
        {
            return change;
        }

        record = record with { Applied = happened.Position };
        if (happened.Node != record.Id.Name)
        {
            return change with { Next = record };
        }

        var place = happened.Position.ToString();
        record = EventFold.Of(record with { LastEvent = happened.Position }, happened);
        change = happened.Fact is NodeFact.OrderTaken or NodeFact.OrderEnded or NodeFact.OrderRefused ? change with { Orders = change.Orders.Add(happened) } : change;
        var judged = happened.Fact is NodeFact.Observed observed
            ? Observe(change with { Next = record }, happened.Epoch, observed.Seen, place, context)
            : EventFold.Evidence(record, happened) is { } host
                ? Judge(change with { Next = record }, new Judgement(host, happened.At, place, Repeats.Once) { Expected = happened.Fact is NodeFact.Exited { Expected: true }, Stays = happened.Fact is NodeFact.BreakerOpened }, context)
                : (Change: change with { Next = record }, Transition: null);
        return happened.Fact is NodeFact.Observed && judged.Transition is null
            ? judged.Change
            : judged.Change with
            {
                History = judged.Change.History.Add(new HistoryEntry
                {
                    At = judged.Transition?.At ?? happened.At,
                    Place = place,
                    Fact = happened.Fact is NodeFact.Observed ? null : happened.Fact,
                    Transition = judged.Transition,
                }),
            };
    }

    /// <summary>The state in a report. One that is not newer than what is known, or older than the node's last event, changes nothing.</summary>
    public static NodeChange State(NodeChange change, ReportedNode node, long epoch, FoldContext context)
    {
        var record = Declare(change.Next, node.Inventory);
        if (node.Seen is not { } seen || IsOld(record, epoch, seen))
        {
            return change with { Next = record };
        }

        record = record with { Identity = node.Identity, Phase = node.Phase, Restarts = node.Restarts };
        var place = $"{epoch}.s{seen.Number}";
        var (next, transition) = Observe(change with { Next = record }, epoch, seen, place, context);
        return WithHistory(next, transition, place);
    }

    /// <summary>The monitor's own probe of the node, judged together with what its host last said.</summary>
    public static NodeChange Probe(NodeChange change, ApiAnswer answer, DateTimeOffset at, FoldContext context)
    {
        if (change.Next.Probe is { } before && before.At >= at)
        {
            return change;
        }

        var record = change.Next with { Probe = new Probed(answer, at) };
        var place = $"p{at.UtcTicks}";
        var (next, transition) = Judge(change with { Next = record }, new Judgement(record.Host?.Seen.Evidence, at, place, Repeats.Once), context);
        return WithHistory(next, transition, place);
    }

    /// <summary>What a check by the monitor's own probe answers, judged as <see cref="Probe"/> would; the record stays as it is.</summary>
    public static MethodAnswer Answer(NodeRecord record, CheckMethod method, ApiAnswer answer, DateTimeOffset at, FoldContext context)
    {
        ArgumentNullException.ThrowIfNull(record);
        var judgement = new Judgement(record.Host?.Seen.Evidence, at, $"p{at.UtcTicks}", Repeats.Once);
        var evidence = EvidenceOf(record with { Probe = new Probed(answer, at) }, judgement, context);
        return MethodAnswers.Of(method, evidence, Diagnoser.Diagnose(evidence, context.Diagnosis));
    }

    private static NodeChange WithHistory(NodeChange change, Transition? transition, string place) =>
        transition is null ? change : change with { History = change.History.Add(new HistoryEntry { At = transition.At, Place = place, Transition = transition }) };

    private static bool IsOld(NodeRecord record, long epoch, ObservedEvidence seen) =>
        (record.Host is { } host && new ObservationNumber(epoch, seen.Number) <= host.Number())
        || new EventPosition(epoch, seen.AfterEvent) < record.LastEvent;

    private static (NodeChange Change, Transition? Transition) Observe(NodeChange change, long epoch, ObservedEvidence seen, string place, FoldContext context)
    {
        var record = change.Next;
        var number = new ObservationNumber(epoch, seen.Number);
        if (record.Host is { } host && number <= host.Number())
        {
            return (change, null);
        }

        var apart = record.Host is { } last && last.Epoch == epoch ? seen.Number - last.Seen.Number : seen.Row.Count;
        record = record with { Host = new HostSighting(epoch, seen, context.Now), Desired = seen.Evidence.Desired };
        var repeats = Repeats.Of(seen.Row, (int)Math.Max(0, seen.Row.Count - apart));
        return Judge(change with { Next = record }, new Judgement(seen.Evidence, seen.At, place, repeats) { Row = seen.Row.Condition }, context);
    }

    private static (NodeChange Change, Transition? Transition) Judge(NodeChange change, Judgement judgement, FoldContext context)
    {
        var record = change.Next;
        var evidence = EvidenceOf(record, judgement, context);
        var diagnosis = Diagnoser.Diagnose(evidence, context.Diagnosis);

        // The agent's row stands for its own verdict; where ours is another one, the row says nothing.
        var repeats = judgement.Row == diagnosis.Condition ? judgement.Repeats : Repeats.Once;
        var step = HealthMachine.Advance(record.Health, evidence.Observation, diagnosis, context.Health, repeats);
        var method = record.Id.IsRemote() ? CheckMethod.Api : CheckMethod.Full;
        var next = record with
        {
            Health = step.Next,
            WorkedData = diagnosis.Condition == Condition.Inconclusive ? record.WorkedData : MethodAnswers.Of(method, evidence, diagnosis).Details,
        };
        var reaction = Reactions.To(new Happening
        {
            Before = record,
            Transition = step.Transition,
            Diagnosis = diagnosis,
            Place = judgement.Place,
            At = step.Transition?.At ?? judgement.At,
            Expected = judgement.Expected,
            Stays = judgement.Stays,
            Context = context,
        });
        return ((change with { Next = next }).With(reaction), step.Transition);
    }

    private static NodeEvidence EvidenceOf(NodeRecord record, Judgement judgement, FoldContext context)
    {
        var blank = new NodeEvidence
        {
            Kind = record.Kind,
            At = judgement.At,
            Number = record.Health.LastNumber with { Number = record.Health.LastNumber.Number + 1 },
            WalletDeclared = record.WalletDeclared,
            WalletFileMode = record.WalletFileMode,
            Url = context.ProbeUrl ?? new UriBuilder(record.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, "127.0.0.1", record.Port, "/json_rpc").Uri,
            Vantage = context.Vantage,
            Probe = record.Probe is { } probe && context.ProbeUrl is not null ? new ProbeSighting(probe.Answer) { Age = Age(probe.At, context.Now) } : null,
        };
        return judgement.Host is { } host
            ? host.Onto(blank) with { HostEvidenceAge = record.Host is { } seen && judgement.Place.StartsWith('p') ? Age(seen.ReceivedAt, context.Now) : TimeSpan.Zero }
            : blank;
    }

    private static TimeSpan Age(DateTimeOffset at, DateTimeOffset now) => now > at ? now - at : TimeSpan.Zero;

    private static bool IsRemote(this NodeId id) => id.Agent.ToString() == NodeId.Remote;
}
