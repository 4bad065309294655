using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Bench.Seeder;

/// <summary>
/// A fleet of agents with 20 nodes each, as it is stored after weeks: each node's row is one that a running monitor wrote, under another name; of
/// 50 nodes one is down, with its incident. The past of a node is a restart a day (four rows of history), its hours of 35 days, a row a day, and a row for
/// each day of all.
/// </summary>
internal sealed class SeededFleet(int nodes, int days, int pastOf, DateTimeOffset now)
{
    private const int NodesOfAgent = 20;
    private const int DownOf = 50;
    private const int HourlyDays = 35;

    /// <summary>So that no agent falls silent while nobody reports.</summary>
    private const int PeriodSeconds = 86_400;

    private const string Key = """{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}""";

    private static readonly NodeRecord Template = JsonSerializer.Deserialize(Resource(), CoreJson.Default.NodeRecord)!;

    private readonly AlertRules _rules = new MonitorPolicy().Rules;

    public IEnumerable<RowChange> Rows() => Agents().Concat(Enumerable.Range(0, nodes).SelectMany(Node)).Concat(Summaries());

    private static NodeId IdOf(int index) => new(AgentOf(index / NodesOfAgent), NodeName.Parse(string.Create(CultureInfo.InvariantCulture, $"wallet-{index:00000}")));

    private static NodeName AgentOf(int index) => NodeName.Parse(string.Create(CultureInfo.InvariantCulture, $"host-{index:0000}"));

    private IEnumerable<RowChange> Agents()
    {
        for (var first = 0; first < nodes; first += NodesOfAgent)
        {
            var agent = new AgentRecord
            {
                Name = AgentOf(first / NodesOfAgent),
                Keys = [Key],
                EnrolledAt = now.AddDays(-days),
                EnrolledBy = "operator",
                Epoch = 1,
                Report = 100_000,
                ReportedAt = now,
                ReceivedAt = now,
                PeriodSeconds = PeriodSeconds,
                Version = "0.1.0",
                Names = [.. Enumerable.Range(first, Math.Min(NodesOfAgent, nodes - first)).Select(i => IdOf(i).Name)],
            };
            yield return new RowChange.Put(new Row { Key = Keys.Agent(agent.Name), Doc = JsonSerializer.Serialize(agent, CoreJson.Default.AgentRecord) });
        }
    }

    private IEnumerable<RowChange> Node(int index)
    {
        var down = index % DownOf == 7;
        var id = IdOf(index);
        var record = Record(id, index, down);
        var rows = new NodeRows(_rules, TimeSpan.FromDays(1)).Of(new Stored<NodeRecord>(record, null), NodeChange.None(record), null, [], now).Where(c => c.Written is not null);
        return rows.Concat(down ? Incident(id) : []).Concat(index < pastOf ? SeededPast.Of(id, days, HourlyDays, now, down ? record.Health.Since : null) : []);
    }

    private NodeRecord Record(NodeId id, int index, bool down)
    {
        var since = down ? now.AddMinutes(-7) : index < pastOf && days > 1 ? SeededPast.UpSince(id, now) : now.AddHours(-(index % 24) - 1);
        var last = down ? Template.Health.Last! with { Condition = Condition.PortTaken, State = HealthState.Down, Remedy = Remedy.Alert, Explanation = "port 18082 is held by nginx (pid 77)" } : Template.Health.Last;
        return Template with
        {
            Id = id,
            Identity = Template.Identity! with { Pid = 1_000 + index },
            Daemon = null,
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("zone", $"zone-{index % 5}").Add("shop", $"shop-{index % 97}"),
            Host = Template.Host! with { ReceivedAt = now },
            Health = Template.Health with { State = down ? HealthState.Down : HealthState.Up, Condition = last!.Condition, Since = since, Last = last, LastCheck = now.AddSeconds(-10) },
            Outage = down ? new Outage(HealthState.Down, Condition.PortTaken, since, "0123456789abcdef01234567", since) : null,
        };
    }

    private IEnumerable<RowChange> Incident(NodeId id)
    {
        var opened = now.AddMinutes(-7);
        var incident = new Incident
        {
            Id = Core.Incident.IdOf(id.ToString(), opened, "bench"),
            Subject = id.ToString(),
            OpenedAt = opened,
            Severity = AlertSeverity.Critical,
            Title = $"{id} is Down: PortTaken",
            Text = "port 18082 is held by nginx (pid 77)",
            Condition = Condition.PortTaken,
            Causes = ["outage"],
            ToldAt = opened,
            ToldSeverity = AlertSeverity.Critical,
            ToldTo = ["log"],
            Actions = [new IncidentAction(opened, IncidentActionKind.Opened, $"{id} is Down: PortTaken: port 18082 is held by nginx (pid 77)")],
        };
        return IncidentRows.Of(id.ToString(), null, new IncidentsChange(incident, [], ImmutableDictionary<string, string>.Empty), _rules, now).Where(c => c.Written is not null);
    }

    private IEnumerable<RowChange> Summaries() => Shard.All.Select(shard => new RowChange.Put(new Row
    {
        Key = Keys.Summary(shard),
        Doc = JsonSerializer.Serialize(
            new ShardSummary { TickedAt = now, TickSeconds = 0.1, Total = Enumerable.Range(0, nodes).Count(i => Shard.Of(IdOf(i).ToString()) == shard) }, MonitorJson.Default.ShardSummary),
    }));

    private static string Resource()
    {
        using var stream = typeof(SeededFleet).Assembly.GetManifestResourceStream("node.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
