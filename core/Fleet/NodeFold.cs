using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// Takes what is learned of a node into its record: events in their order, the newest state, the monitor's own probe. Pure, and idempotent:
/// what was taken in once changes nothing the second time, in whatever order it comes.
/// </summary>
public static class NodeFold
{
    /// <summary>
    /// A node that is told of for the first time: what its first events mean depends on what it is. Whether it is available is known only after
    /// them.
    /// </summary>
    public static NodeRecord New(NodeId id, NodeInventory inventory, DateTimeOffset now) =>
        Declared(NodeRecord.New(id, inventory.Kind, now), inventory) with { Available = true };

    /// <summary>What an agent declares about a node. Of a report that is not the newest it changes nothing.</summary>
    public static NodeChange Declare(NodeChange change, NodeInventory inventory, ReportNumber report) => report.IsAfter(change.Next.Reported)
        ? change with { Next = Declared(change.Next, inventory) with { Reported = report } }
        : change;

    /// <summary>A report whose state cannot be taken yet, since older events still wait: but that of a report before it is out of date now.</summary>
    public static NodeChange Heard(NodeChange change, ReportNumber report) =>
        report.IsAfter(change.Next.Reported) ? change with { Next = change.Next with { Reported = report } } : change;

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

        record = record with { LastEvent = happened.Position, LastRestart = record.LastRestart?.Take(happened.Fact, context.Now) };
        var known = change with { Next = EventFold.Of(record, happened) };
        if (happened.Fact is NodeFact.Observed observed)
        {
            return Observe(known, happened.Epoch, observed.Seen, happened.Position.ToString(), context);
        }

        var ordered = happened.Fact is NodeFact.OrderTaken or NodeFact.OrderEnded or NodeFact.OrderRefused or NodeFact.LadderMoved { Order: not null };
        var next = Happened(ordered ? known with { Orders = known.Orders.Add(happened) } : known, happened, context);
        return EventAlerts.Of(change, next, happened, context);
    }

    /// <summary>
    /// The state in a report whose events are all folded in. It is the node's only when the report is the newest; what was observed before
    /// the node's last event, or was taken in already, says nothing new.
    /// </summary>
    public static NodeChange State(NodeChange change, ReportedNode node, ReportNumber report, FoldContext context)
    {
        if (!report.IsAfter(change.Next.Reported))
        {
            return change;
        }

        change = Declare(change, node.Inventory, report);
        change = change with { Next = change.Next with { Identity = node.Identity, Phase = node.Phase, Restarts = node.Restarts, Breaker = node.Breaker } };
        return node.Seen is { } seen && new EventPosition(report.Epoch, seen.AfterEvent) >= change.Next.LastEvent
            ? Observe(change, report.Epoch, seen, $"{report.Epoch}.s{seen.Number}", context)
            : change;
    }

    /// <summary>The monitor's own probe of the node, judged together with what its host last said.</summary>
    public static NodeChange Probe(NodeChange change, ApiAnswer answer, DateTimeOffset at, FoldContext context)
    {
        // One from the future was written by a clock that has been set back since.
        if (change.Next.Probe is { } before && before.At >= at && before.At <= context.Now)
        {
            return change;
        }

        var record = change.Next with { Probe = new Probed(answer, at) };
        var judgement = new Judgement(record.Host?.Seen.Evidence, at, $"p{at.UtcTicks}", Repeats.Once) { IsProbe = true };
        var judged = Judge(change with { Next = record }, judgement, context);
        return judged.Next.IsDownByProbe() && !change.Next.IsDownByProbe() && judged.History.Length == change.History.Length ? StaysDown(judged, judgement) : judged;
    }

    /// <summary>From here on it is down by the monitor's own word, whatever its agent would say: its uptime needs to know when that began.</summary>
    private static NodeChange StaysDown(NodeChange change, Judgement judgement)
    {
        var condition = change.Next.Health.Condition;
        var transition = new Transition(HealthState.Down, HealthState.Down, condition, condition, judgement.At, "its host has said nothing for two minutes, and the monitor's own probe gets no answer");
        return WithHistory(change, judgement, transition);
    }

    /// <summary>What a check by the monitor's own probe answers, judged as <see cref="Probe"/> would; the record stays as it is.</summary>
    public static MethodAnswer Answer(NodeRecord record, CheckMethod method, ApiAnswer answer, DateTimeOffset at, FoldContext context)
    {
        ArgumentNullException.ThrowIfNull(record);
        var judgement = new Judgement(record.Host?.Seen.Evidence, at, $"p{at.UtcTicks}", Repeats.Once) { IsProbe = true };
        var evidence = EvidenceOf(record with { Probe = new Probed(answer, at) }, judgement, context);
        return MethodAnswers.Of(method, evidence, Diagnoser.Diagnose(evidence, context.Diagnosis));
    }

    private static NodeRecord Declared(NodeRecord record, NodeInventory inventory) => record with
    {
        Kind = inventory.Kind,
        Port = inventory.Port,
        Tls = inventory.Tls,
        WalletDeclared = inventory.WalletDeclared,
        WalletFileMode = inventory.WalletFileMode,
        Daemon = inventory.Daemon,
        Manage = inventory.Manage,
        Restartable = inventory.Restartable,
        Labels = inventory.Labels,
        Available = inventory.Available,
    };

    /// <summary>A fact: it is in the history in any case, with the change of health it makes.</summary>
    private static NodeChange Happened(NodeChange change, NodeEvent happened, FoldContext context)
    {
        var judgement = new Judgement(EventFold.Evidence(change.Next, happened), happened.At, happened.Position.ToString(), Repeats.Once)
        {
            Fact = happened.Fact,
            Expected = happened.Fact is NodeFact.Exited { Expected: true },
            Opened = happened.Fact as NodeFact.BreakerOpened,
        };
        return judgement.Host is null
            ? change with { History = change.History.Add(new HistoryEntry { At = happened.At, Place = judgement.Place, Fact = happened.Fact }) }
            : Judge(change, judgement, context);
    }

    private static NodeChange Observe(NodeChange change, long epoch, ObservedEvidence seen, string place, FoldContext context)
    {
        var record = change.Next;
        var number = new ObservationNumber(epoch, seen.Number);
        if (record.Host is { } host && number <= host.Number())
        {
            return change;
        }

        record = record with { Host = new HostSighting(epoch, seen, context.Now), Desired = seen.Evidence.Desired };
        return Judge(
            change with { Next = record },
            new Judgement(seen.Evidence, seen.At, place, Counted(record, seen.Row, number)) { Row = seen.Row.Condition },
            context);
    }

    /// <summary>The row as the host counted it, less what was before the last change that the monitor knows of.</summary>
    private static Repeats Counted(NodeRecord record, VerdictRow row, ObservationNumber number)
    {
        var since = record.Turned.Epoch == number.Epoch ? number.Number - record.Turned.Number : long.MaxValue;
        return row.Count <= since ? Repeats.InARow(row.Count, row.First) : Repeats.InARow((int)Math.Max(1, since), []);
    }

    private static NodeChange Judge(NodeChange change, Judgement judgement, FoldContext context)
    {
        var record = change.Next;
        var evidence = EvidenceOf(record, judgement, context);
        var diagnosis = Diagnoser.Diagnose(evidence, context.Diagnosis);
        var step = HealthMachine.Advance(record.Health, evidence.Observation, diagnosis, context.Health, RepeatsOf(judgement, evidence, diagnosis, context));
        var method = record.Id.IsRemote() ? CheckMethod.Api : CheckMethod.Full;
        var reaction = Reactions.To(new Happening
        {
            Before = record,
            Transition = step.Transition,
            Diagnosis = diagnosis,
            Place = judgement.Place,
            At = step.Transition?.At ?? judgement.At,
            Expected = judgement.Expected,
            Opened = judgement.Opened,
            Heard = judgement.Host is not null && !judgement.IsProbe,
            AgentHeardBy = judgement.IsProbe && record is { Probe: { } probe, Host: { } host } && probe.IsUnanswered()
                ? host.ReceivedAt + context.SilentAfter
                : null,
            Context = context,
        });
        var next = record with
        {
            Health = step.Next,
            Turned = step.Transition is null ? record.Turned : record.Host?.Number() ?? default,
            Notes = NotesOf(record, evidence, diagnosis, step.Transition, context),
            WorkedData = diagnosis.Condition == Condition.Inconclusive ? record.WorkedData : MethodAnswers.Of(method, evidence, diagnosis).Details,
        };
        return WithHistory(change with { Next = next, Checks = [.. change.Checks, .. Checked.Of(record, judgement, diagnosis)] }, judgement, step.Transition).With(reaction, step.Transition?.At ?? judgement.At, diagnosis.Explanation);
    }

    private static NodeChange WithHistory(NodeChange change, Judgement judgement, Transition? transition) => judgement.Fact is null && transition is null
        ? change
        : change with
        {
            History = change.History.Add(new HistoryEntry { At = transition?.At ?? judgement.At, Place = judgement.Place, Fact = judgement.Fact, Transition = transition }),
        };

    /// <summary>
    /// The agent's row stands for its own verdict; where ours is another one, the row says nothing. And each observation counts once,
    /// whoever judges it: a verdict that rests on the other vantage's evidence was counted when that came.
    /// </summary>
    private static Repeats RepeatsOf(Judgement judgement, NodeEvidence evidence, Diagnosis diagnosis, FoldContext context)
    {
        if (evidence.Probe is not null && judgement.Host is not null)
        {
            var restsOnProbe = Diagnoser.Diagnose(evidence with { Probe = null }, context.Diagnosis).Condition != diagnosis.Condition;
            if (restsOnProbe != judgement.IsProbe)
            {
                return Repeats.None;
            }
        }

        return judgement.Row is { } row && row != diagnosis.Condition ? Repeats.Once : judgement.Repeats;
    }

    /// <summary>
    /// A note ends with a change of health that somebody made who has looked: an exit did not look at the disk, and what is too old does not
    /// count. So it is told once, though it may come and go. Of a node that an operator has stopped none is told.
    /// </summary>
    private static ImmutableArray<Note> NotesOf(NodeRecord record, NodeEvidence evidence, Diagnosis diagnosis, Transition? transition, FoldContext context)
    {
        if (diagnosis.State == HealthState.Disabled || !record.Available)
        {
            return [];
        }

        var lasts = transition is null || evidence.HostEvidenceAge > context.Diagnosis.HostEvidenceLimit;
        return [.. diagnosis.Notes.Union(record.Notes.Where(n => lasts || (n == Note.DiskLow && evidence.Disk is null)))];
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
            Manage = record.Manage,
            Restartable = record.Restartable,
            Url = context.ProbeUrl ?? new UriBuilder(record.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, "127.0.0.1", record.Port, "/json_rpc").Uri,
            Vantage = context.Vantage,
            Probe = record.Probe is { } probe && context.ProbeUrl is not null ? new ProbeSighting(probe.Answer) { Age = Age(probe.At, context.Now) } : null,
        };
        var evidence = judgement.Host is { } host
            ? host.Onto(blank) with { HostEvidenceAge = record.Host is { } seen && judgement.IsProbe ? Age(seen.ReceivedAt, context.Now) : TimeSpan.Zero }
            : blank;
        return evidence.Compared(record.Id, context);
    }

    private static TimeSpan Age(DateTimeOffset at, DateTimeOffset now) => now > at ? now - at : TimeSpan.Zero;

    private static bool IsRemote(this NodeId id) => id.Agent.ToString() == NodeId.Remote;
}
