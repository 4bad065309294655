using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A fleet that never was, for the pictures of the documents: four agents, 24 nodes, and of one of them 90 days.</summary>
internal static class PictureFleet
{
    public const string Node = "paris.main";

    private static readonly string[] Agents = ["amsterdam", "frankfurt", "oslo", "paris"];
    private static readonly string[] Names = ["main", "cold", "payouts", "shop", "daemon", "view"];

    public static async Task StoreAsync(ITable table, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = new List<RowChange>();
        foreach (var agent in Agents)
        {
            var record = new AgentRecord
            {
                Name = NodeName.Parse(agent),
                Keys = [],
                EnrolledAt = now.AddDays(-120),
                EnrolledBy = "operator",
                Epoch = 3,
                Report = 48_211,
                ReportedAt = now.AddSeconds(-12),
                ReceivedAt = now.AddSeconds(-12),
                PeriodSeconds = 3_600,
                Version = "0.1.0",
                Names = [.. Names.Select(NodeName.Parse)],
            };
            rows.Add(Put(Keys.Agent(record.Name), JsonSerializer.Serialize(record, CoreJson.Default.AgentRecord)));
            rows.AddRange(Names.Select(n => NodeRow($"{agent}.{n}", now)));
        }

        rows.AddRange(Incident("oslo.payouts", "oslo.payouts is Down: Exited", "exited (code 1; the disk is full); breaker open until 14:20:00 UTC: 5 starts in 10 min did not last 10 s", AlertSeverity.Critical, Condition.Exited, now.AddMinutes(-36), now));
        rows.AddRange(Incident("frankfurt.cold", "frankfurt.cold is Degraded: WalletBehind", "its height is 1,204 blocks behind its daemon's and rises", AlertSeverity.Warning, Condition.WalletBehind, now.AddMinutes(-8), now));
        rows.AddRange(History(now));
        rows.AddRange(Hours(now));
        foreach (var shard in rows.GroupBy(r => r.Key.Shard))
        {
            foreach (var part in shard.Chunk(CommitBounds.MaxRows))
            {
                await table.CommitAsync(part, cancellation);
            }
        }
    }

    private static RowChange.Put Put(RowKey key, string json) => new(new Row { Key = key, Doc = json });

    private static RowChange.Put NodeRow(string id, DateTimeOffset now)
    {
        var (state, condition, text) = id switch
        {
            "oslo.payouts" => (HealthState.Down, Condition.Exited, "exited (code 1; the disk is full); breaker open until 14:20:00 UTC: 5 starts in 10 min did not last 10 s"),
            "frankfurt.cold" => (HealthState.Degraded, Condition.WalletBehind, "its height is 1,204 blocks behind its daemon's and rises"),
            _ => (HealthState.Up, Condition.Healthy, $"answers in {3 + (id.Length % 5)} ms"),
        };
        var node = NodeRecord.New(NodeId.TryParse(id, out var parsed) ? parsed : throw new ArgumentException(id), id.EndsWith(".daemon", StringComparison.Ordinal) ? NodeKind.Daemon : NodeKind.WalletRpc, now.AddDays(-90));
        var height = state == HealthState.Degraded ? 3_541_008L : 3_542_212L;
        var answer = state == HealthState.Down ? (ApiAnswer)new ApiAnswer.Refused() : new ApiAnswer.Answered(65_561, TimeSpan.FromMilliseconds(3 + (id.Length % 5)), new WalletAnswer.Open(height));
        var identity = new ProcessIdentity("6f0c7a62-0f0e-4f6e-9d6f-0a1b2c3d4e5f", 41_207, 8_123_456, $"{id}:51c0ffee0ddba11a:90b2");
        node = node with
        {
            Port = 18_083,
            WalletDeclared = true,
            Daemon = node.Kind == NodeKind.Daemon ? null : NodeName.Parse("daemon"),
            Identity = state == HealthState.Down ? null : identity,
            Phase = state == HealthState.Down ? "broken" : "ready",
            Restarts = state == HealthState.Down ? 5 : 1,
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("zone", "eu"),
            Host = new HostSighting(3, new ObservedEvidence(9, now.AddSeconds(-12), 0, VerdictRow.Begin(condition, now), Seen(state, answer, identity, height)), now.AddSeconds(-12)),
            WorkedData = new WorkedData.Api("http://127.0.0.1:18083/json_rpc", state == HealthState.Down ? null : 65_561, state == HealthState.Down ? "Connection refused" : null, "API check") { Condition = condition, Explanation = text, LastCheck = now.AddSeconds(-12) },
            Health = new Health
            {
                State = state,
                Condition = condition,
                Since = state switch { HealthState.Down => now.AddMinutes(-36), HealthState.Degraded => now.AddMinutes(-8), _ => now.AddDays(-11).AddHours(3) },
                LastCheck = now.AddSeconds(-12),
                Last = new Diagnosis { Condition = condition, State = state, Certainty = Certainty.Certain, Remedy = state == HealthState.Down ? Remedy.Restart : Remedy.None, Explanation = text },
            },
        };
        return Put(Keys.Node(node.Id), JsonSerializer.Serialize(node, CoreJson.Default.NodeRecord));
    }

    private static HostEvidence Seen(HealthState state, ApiAnswer answer, ProcessIdentity identity, long height) => new()
    {
        Process = state == HealthState.Down
            ? new ProcessSighting.Gone(new ProcessExit.Exited(1), ExitCause.DiskFull)
            : new ProcessSighting.Alive { Identity = identity, RunState = ProcessRunState.Sleeping, Age = TimeSpan.FromDays(11) },
        Port = state == HealthState.Down ? new PortSighting.Nobody() : new PortSighting.Own(0),
        Api = answer,
        DaemonLink = new DaemonLinkSighting.Idle(),
        Daemon = DaemonSighting.Answers,
        Chain = new ChainSighting { Height = height, DaemonHeight = 3_542_212, Rising = true },
        Disk = state == HealthState.Down ? new DiskSighting(0, 64L << 30) : new DiskSighting(41L << 30, 64L << 30),
    };

    private static RowChange[] Incident(string subject, string title, string text, AlertSeverity severity, Condition condition, DateTimeOffset at, DateTimeOffset now)
    {
        var id = Core.Incident.IdOf(subject, at, "picture");
        var incident = new Incident
        {
            Id = id,
            Subject = subject,
            OpenedAt = at,
            Severity = severity,
            Title = title,
            Text = text,
            Condition = condition,
            Causes = ["outage"],
            ToldAt = at.AddSeconds(30),
            ToldSeverity = severity,
            ToldTo = ["mail", "teams"],
            Acknowledged = severity == AlertSeverity.Warning ? null : new Acknowledgement("operator alice", at.AddMinutes(9), now.AddHours(3), "makes room on /var"),
            Actions =
            [
                new IncidentAction(at, IncidentActionKind.Opened, title), new IncidentAction(at.AddSeconds(30), IncidentActionKind.Told, $"{severity} to mail, teams"),
                .. severity == AlertSeverity.Warning ? [] : new[] { new IncidentAction(at.AddMinutes(9), IncidentActionKind.Acknowledged, "makes room on /var", "operator alice") },
            ],
        };
        HistoryEntry[] history =
        [
            new() { At = at.AddSeconds(-1), Place = "3.41", Fact = new NodeFact.Observed(new ObservedEvidence(8, at, 0, VerdictRow.Begin(condition, at), new HostEvidence())) },
            new() { At = at, Place = "3.42", Transition = new Transition(HealthState.Up, severity == AlertSeverity.Warning ? HealthState.Degraded : HealthState.Down, Condition.Healthy, condition, at, text) },
        ];
        return
        [
            new RowChange.Put(new Row { Key = Keys.OpenIncident(subject), Doc = JsonSerializer.Serialize(incident, CoreJson.Default.Incident), Due = now.AddHours(4) }),
            Put(Keys.IncidentPlace(id)!.Value, JsonSerializer.Serialize(new IncidentPlace(subject, at), MonitorJson.Default.IncidentPlace)),
            .. history.Skip(severity == AlertSeverity.Warning ? 1 : 0).Select(e => Put(Keys.History(subject, e), JsonSerializer.Serialize(e, CoreJson.Default.HistoryEntry))),
        ];
    }

    /// <summary>Up for 90 days, but for a few failures, the last with its proof.</summary>
    private static IEnumerable<RowChange> History(DateTimeOffset now)
    {
        var entries = new List<HistoryEntry>();
        foreach (var (daysAgo, minutes, condition, text) in new[] { (73.2, 14.0, Condition.Hung, "no answer for 182 s, no sign of work for 181 s"), (41.6, 52.0, Condition.DaemonDown, "its daemon refuses connections"), (11.0, 1.1, Condition.Exited, "exited (signal 9)") })
        {
            var at = now.AddDays(-daysAgo);
            var back = at.AddMinutes(minutes);
            entries.Add(new() { At = at, Place = $"2.{daysAgo:0}", Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, condition, at, text) });
            entries.Add(new() { At = back, Place = $"2.{daysAgo:0}9", Transition = new Transition(HealthState.Down, HealthState.Up, condition, Condition.Healthy, back, "answers in 4 ms") });
        }

        entries.Add(new() { At = now.AddDays(-90).AddHours(5), Place = "1.1", Transition = new Transition(HealthState.Unknown, HealthState.Up, Condition.Starting, Condition.Healthy, now.AddDays(-90).AddHours(5), "answers in 4 ms") });
        entries.Add(new() { At = now.AddDays(-11).AddMinutes(1), Place = "2.200", Fact = new NodeFact.Proved(Proof(now.AddDays(-11))) });
        return entries.Select(e => Put(Keys.History(Node, e), JsonSerializer.Serialize(e, CoreJson.Default.HistoryEntry)));
    }

    private static RestartProof Proof(DateTimeOffset at) => new()
    {
        State = ProofState.Complete,
        Reason = new RestartReason.ByExit("exited (signal 9)"),
        Found = Condition.Exited,
        Explanation = "exited (signal 9)",
        Began = at,
        TookMs = 5_240,
        Before = new ProcessIdentity("boot", 40_918, 1, null),
        After = new ProcessIdentity("boot", 41_207, 1, null),
        HeightBefore = 3_534_310,
        HeightAfter = 3_534_311,
        Losses = new Losses.MayBeRescanned { SavedAt = at.AddMinutes(-20), Blocks = 9 },
        Steps =
        [
            new LadderStep(LadderRung.Port, at, 2, new StepResult.Ok("nobody listens")), new LadderStep(LadderRung.Start, at.AddMilliseconds(3), 11, new StepResult.Ok("pid 41207")),
            new LadderStep(LadderRung.Answer, at.AddMilliseconds(14), 2_903, new StepResult.Ok("version 1.25")), new LadderStep(LadderRung.OpenWallet, at.AddSeconds(3), 2_110, new StepResult.Ok()),
            new LadderStep(LadderRung.Height, at.AddSeconds(5), 190, new StepResult.Ok("3534311")),
        ],
    };

    private static IEnumerable<RowChange> Hours(DateTimeOffset now)
    {
        var id = NodeId.TryParse(Node, out var parsed) ? parsed : throw new ArgumentException(Node);
        var last = RollupSpan.Hour.StartOf(now);
        for (var i = 1; i <= 168; i++)
        {
            var at = last.AddHours(-i);
            var checks = CheckTally.None;
            var (least, most) = (long.MaxValue, 0L);
            for (var c = 0; c < 60; c++)
            {
                var us = 3_000 + (long)(1_500 * (1 + Math.Sin(((at.Hour + (c / 60.0)) / 24 * 2 * Math.PI) - 2))) + (i * 37 % 11 * 150) + (c % 20 == 0 ? 6_000 : c * 12);
                (least, most) = (Math.Min(least, us), Math.Max(most, us));
                checks = checks.Add(new CheckSample(HealthState.Up, TimeSpan.FromMicroseconds(us)));
            }

            var bucket = new RollupBucket { Start = at.ToUnixTimeSeconds(), Began = at.ToUnixTimeMilliseconds(), Checks = checks, MinUs = least, MaxUs = most, UpMs = 3_600_000 };
            yield return RollupRows.Hours(id, [bucket]).Single();
        }
    }
}
