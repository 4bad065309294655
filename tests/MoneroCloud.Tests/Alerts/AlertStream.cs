using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// A random life of a small fleet and its operators: nodes die, start, hang and recover, agents fall silent, silences and maintenance come and go, incidents
/// are acknowledged. Beside it runs a bookkeeper who knows only the rules, and notes each message that should not have been sent.
/// </summary>
internal sealed class AlertStream : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly MonitorRig _rig;
    private readonly SimulatedAgent[] _agents;
    private readonly Random _random;
    private readonly List<Silence> _silences = [];
    private bool[] _cutOff;

    private AlertStream(int seed, Func<ITable, ITable> defect)
    {
        _random = new Random(seed);
        _rig = new MonitorRig(defect(new MemoryTable()), new MonitorPolicy { Rules = AlertRules.Default with { GroupWait = TimeSpan.Zero, GroupInterval = TimeSpan.Zero } });
        _agents = [.. new[] { "home", "away" }.Select(a => new SimulatedAgent(NodeName.Parse(a), Given.Now, "daemon", "main", "spare"))];
        _cutOff = new bool[_agents.Length];
        foreach (var agent in _agents)
        {
            agent.Nodes[0].Kind = NodeKind.Daemon;
            agent.Nodes[1].Daemon = agent.Nodes[0].Name;
        }

        _rig.Notifier.Answer = Sent;
    }

    /// <summary>What should not have been sent, or is not as the rules say.</summary>
    public List<string> Faults { get; } = [];

    public int Told => _rig.Notifier.Sent.Count;

    public int Hidden { get; private set; }

    public int Incidents { get; private set; }

    public static async Task<AlertStream> RunAsync(int seed, int steps, Func<ITable, ITable>? defect = null)
    {
        var stream = new AlertStream(seed, defect ?? (t => t));
        await stream._rig.EnrolAsync([.. stream._agents.Select(a => a.Name)]);
        foreach (var node in stream._agents.SelectMany(a => a.Nodes))
        {
            node.Healthy();
            node.Healthy();
        }

        await stream.PassAsync(30);
        for (var i = 0; i < steps; i++)
        {
            await stream.StepAsync();
            await stream.PassAsync(stream._random.Next(1, 90));
        }

        await stream.SettleAsync();
        return stream;
    }

    public void Dispose() => _rig.Dispose();

    private Notified.Delivered Sent(Alert alert)
    {
        var now = _rig.Time.GetUtcNow();
        if (_silences.FirstOrDefault(s => s.Hides(alert, now)) is { } silence)
        {
            Faults.Add($"{alert.Kind} of {alert.Subject} was told in {silence.Id}");
        }

        return new Notified.Delivered("kept");
    }

    private async Task StepAsync()
    {
        var agent = _random.Next(_agents.Length);
        var node = _agents[agent].Nodes[_random.Next(_agents[agent].Nodes.Count)];
        switch (_random.Next(13))
        {
            case 0 or 1 or 2: node.Kill(); break;
            case 3 when node.Pid is not null: node.Hung(); node.Hung(); node.Hung(); break;
            case 4 or 5 when node.Pid is null: node.Spawn(); break;
            case 6 or 7 when node.Pid is not null: node.Healthy(); node.Healthy(); break;
            case 8 when node.Pid is null: node.OpenBreaker(); break;
            case 9: await SilenceAsync(node.Id); break;
            case 10: await EndSilenceAsync(); break;
            case 11: await AcknowledgeAsync(node.Id.ToString()); break;
            case 12: _cutOff[agent] = !_cutOff[agent]; break;
        }
    }

    private async Task PassAsync(int seconds)
    {
        for (var left = seconds; left > 0; left -= 15)
        {
            await _rig.PassAsync(TimeSpan.FromSeconds(Math.Min(left, 15)));
            foreach (var (agent, i) in _agents.Select((a, i) => (a, i)))
            {
                agent.Now = _rig.Time.GetUtcNow();
                if (!_cutOff[i])
                {
                    Assert.IsType<TriggerResult.Done>(await _rig.TakeAsync(agent));
                }
            }

            await _rig.DeliverAsync();
        }
    }

    private async Task SilenceAsync(NodeId node)
    {
        var now = _rig.Time.GetUtcNow();
        var match = _random.Next(3) switch
        {
            0 => new AlertMatcher { Subjects = [node.ToString()] },
            1 => new AlertMatcher { Agents = [node.Agent.ToString()] },
            _ => new AlertMatcher { Conditions = [Condition.Exited] },
        };
        var silence = new Silence
        {
            Id = $"{_silences.Count:x12}",
            Kind = SilenceKind.Silence,
            Match = match,
            From = now.AddSeconds(_random.Next(2) * 60),
            Until = now.AddMinutes(_random.Next(3, 30)),
            By = "alice",
        };
        _silences.Add(silence);
        await PutAsync(silence);
    }

    private Task EndSilenceAsync() => _silences.Count > 0 ? EndSilenceAsync(_random.Next(_silences.Count)) : Task.CompletedTask;

    private async Task EndSilenceAsync(int at)
    {
        _silences[at] = _silences[at] with { Until = _rig.Time.GetUtcNow() };
        await PutAsync(_silences[at]);
    }

    private Task<CommitResult> PutAsync(Silence silence) =>
        _rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.Silence(silence.Id), Doc = JsonSerializer.Serialize(silence, CoreJson.Default.Silence) })], Cancellation);

    private async Task AcknowledgeAsync(string subject)
    {
        if (await _rig.Table.FindAsync(Keys.OpenIncident(subject), CoreJson.Default.Incident, Cancellation) is { } open)
        {
            var now = _rig.Time.GetUtcNow();
            var next = IncidentFold.Acknowledged(open.Value, new Acknowledgement("alice", now, now.AddMinutes(_random.Next(1, 20)), null));
            await _rig.Table.CommitAsync([IncidentRows.Changed(open, next, _rig.Policy.Rules, now)], Cancellation);
        }
    }

    /// <summary>All agents report again, all silences are ended, and more than half an hour passes: every acknowledgement is over by then too.</summary>
    private async Task SettleAsync()
    {
        _cutOff = new bool[_agents.Length];
        for (var i = 0; i < _silences.Count; i++)
        {
            await EndSilenceAsync(i);
        }

        await PassAsync(7 * 60);
        foreach (var node in _agents.SelectMany(a => a.Nodes))
        {
            await CheckToldAsync(node.Id, "seven minutes after the last silence was ended");
        }

        for (var i = 0; i < 35; i++)
        {
            await PassAsync(61);
        }

        Hidden = (await _rig.RowsAsync(Keys.AllDeliveries)).Count(r => Documents.Read(r, MonitorJson.Default.DeliveryRecord).Value.Hidden is not null);
        Incidents = (await _rig.RowsAsync("k|")).Count;
        foreach (var row in await _rig.RowsAsync(Keys.Outbox))
        {
            Faults.Add($"{row.Key} is still in the outbox, due {row.Due:T} at {_rig.Time.GetUtcNow():T}");
        }

        foreach (var node in _agents.SelectMany(a => a.Nodes))
        {
            await CheckAsync(node.Id);
        }
    }

    private async Task CheckAsync(NodeId id)
    {
        var record = (await _rig.NodeAsync(id))!;
        var open = (await _rig.Table.FindAsync(Keys.OpenIncident(id.ToString()), CoreJson.Default.Incident, Cancellation))?.Value;
        if ((record.Outage is null) != (open is null))
        {
            Faults.Add($"{id} is {record.Health.State} ({record.Health.Condition}), its outage {record.Outage}, and its incident is {(open is null ? "lost" : "still open")}");
        }

        await CheckToldAsync(id, "at the end");
    }

    private async Task CheckToldAsync(NodeId id, string when)
    {
        var record = (await _rig.NodeAsync(id))!;
        var open = (await _rig.Table.FindAsync(Keys.OpenIncident(id.ToString()), CoreJson.Default.Incident, Cancellation))?.Value;
        var daemonDown = record.Daemon is not null && (await _rig.NodeAsync(new NodeId(id.Agent, record.Daemon.Value)))!.Health.State == HealthState.Down;
        if (open is { ToldAt: null } && !open.IsAcknowledged(_rig.Time.GetUtcNow()) && !(daemonDown && open.Held is not null))
        {
            Faults.Add($"{id} is {record.Health.State} ({record.Health.Condition}), and nobody was told {when}: held by {open.Held}");
        }
    }
}
