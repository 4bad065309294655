using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What a stolen key of one agent is worth against another: nothing. What it is worth against its own agent: everything that agent can say.</summary>
public sealed class OtherAgentTests
{
    private static readonly NodeName Thief = NodeName.Parse("thief");

    private const string HalfCharacter = "\"half a character\"";

    private static readonly string[] Baits =
    [
        "\"home\"", "\"home.main-node\"", "\"n|home.main-node\"", "\"../home\"", "\"home|x\"", "\"\"", "null", "true", "-1", "1e400", "99999999999999999999", "[]", "{}", "[[[[[[]]]]]]",
        "1", "3", "65535", "false", "\"x\"", "\"second\"", "\"2026-11-26T12:00:00Z\"", "\"00:00:01\"", "\"\\u0000\\r\\n\\u001b[2J\"", HalfCharacter, "\"0001-01-01T00:00:00Z\"", "\"Infinity\"",
    ];

    [Theory]
    [InlineData("thief", OrderState.Sent)]
    [InlineData("home", OrderState.Ended)]
    public async Task Of_an_order_to_another_agent_it_has_nothing_to_say(string who, OrderState expected)
    {
        using var rig = await RigAsync();
        var order = new Order
        {
            Id = new string('0', 32) + "a",
            Audience = MonitorRig.Home,
            IssuedAt = Given.Now.ToUnixTimeSeconds(),
            ExpiresAt = Given.Now.AddMinutes(5).ToUnixTimeSeconds(),
            Verb = OrderVerb.Restart,
            Node = NodeName.Parse("main-node"),
            By = "operator",
        };
        var stored = new Stored<OrderRecord>(new OrderRecord { Order = order, StoredAt = Given.Now, State = OrderState.Sent }, null);
        await rig.Table.CommitAsync([Documents.Write(Keys.Order(order.Id)!.Value, stored, CoreJson.Default.OrderRecord)], TestContext.Current.CancellationToken);
        var agent = new SimulatedAgent(NodeName.Parse(who), Given.Now.AddMinutes(1), "main-node");
        agent.Node.Healthy();

        // As an event of a node, and as one of the agent.
        foreach (var node in new NodeName?[] { NodeName.Parse("main-node"), null })
        {
            agent.Add(node, new NodeFact.OrderTaken(order.Id, OrderVerb.Restart));
            agent.Add(node, new NodeFact.OrderRefused(order.Id, "no"));
            agent.Add(node, new NodeFact.OrderEnded(order.Id, new Outcome { Result = OutcomeResult.Done, Text = "done" }));
        }

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(agent.Report()));

        Assert.Equal(expected, (await rig.OrderAsync(order.Id)).State);
    }

    [Fact]
    public async Task Whatever_its_key_signs_no_row_of_another_agent_becomes_another_and_nothing_comes_again_for_ever()
    {
        using var rig = await RigAsync();
        var agent = new SimulatedAgent(Thief, Given.Now, "main-node", "second");
        var random = new Random(5);
        var before = await HomesRowsAsync(rig);
        var results = new List<TriggerResult>();
        for (var i = 0; i < 200; i++)
        {
            agent.Now += TimeSpan.FromSeconds(1);
            agent.Node.Kill();
            agent.Node.Spawn();
            agent.Node.Healthy();
            var payload = Baited(JsonSerializer.Serialize(agent.Report(mostEvents: 6), CoreJson.Default.Report), random);
            results.Add(await rig.TakeAsync(Jws.Sign(rig.AgentKeys[Thief], JwsType.Report, Encoding.UTF8.GetBytes(payload))));
            agent.TakeAcks(rig.Bus.AcksTo(Thief).TakeLast(1));
        }

        Assert.DoesNotContain(results, r => r is TriggerResult.Failed);
        Assert.Equal(before, await HomesRowsAsync(rig));

        // Some of it was taken, as the thief's own: his lies about his own nodes nobody can tell from the truth.
        Assert.InRange(results.Count(r => r is TriggerResult.Done), 10, 190);
    }

    [Fact]
    public async Task It_aims_the_monitor_at_no_address_and_at_no_login()
    {
        using var rig = await RigAsync();
        var json = JsonNode.Parse(JsonSerializer.Serialize(new SimulatedAgent(Thief, Given.Now, "main-node").Report(), CoreJson.Default.Report))!;
        foreach (var member in new[] { "probe_url", "probeUrl", "url", "address", "host", "login", "login_secret", "loginSecret", "tls_ca_file" })
        {
            json["nodes"]![0]!["inventory"]![member] = "http://evil.example:1/NODE_LOGIN_MAIN";
            json["nodes"]![0]![member] = "http://evil.example:1/NODE_LOGIN_MAIN";
        }

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(Jws.Sign(rig.AgentKeys[Thief], JwsType.Report, Encoding.UTF8.GetBytes(json.ToJsonString()))));

        Assert.NotNull(await rig.NodeAsync(new NodeId(Thief, NodeName.Parse("main-node"))));
        Assert.DoesNotContain(await rig.RowsAsync(Keys.NodesOf(Thief)), row => $"{row.Doc}{row.WorkedData}".Contains("evil", StringComparison.Ordinal));
        Assert.Empty(rig.NewMonitor().Policy.Targets);
    }

    [Fact]
    public async Task Names_that_would_not_fit_into_its_row_are_refused_and_the_most_that_do_are_stored()
    {
        using var rig = await RigAsync();
        var report = new SimulatedAgent(Thief, Given.Now, "main-node").Report();
        NodeName[] names = [.. Enumerable.Range(0, 2_000).Select(i => NodeName.Parse($"node-{i:d7}"))];
        Assert.Equal(Report.MostNameText, names.Sum(n => n.ToString().Length));

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(report with { Names = [.. names], Nodes = [], Number = 1, Version = new string('\u00a0', 64) }));
        var refused = await rig.TakeAsync(report with { Names = [.. names[1..], NodeName.Parse("node-and-one")], Nodes = [], Number = 2 });

        Assert.IsType<TriggerResult.Done>(refused);
        Assert.Contains("at most 24000", Assert.IsType<TriggerResult.Refused>(await rig.TakeAsync(report with { Names = [.. names[1..], NodeName.Parse("node-and-one-")], Nodes = [], Number = 3 })).Reason, StringComparison.Ordinal);
    }

    private static async Task<MonitorRig> RigAsync()
    {
        var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home, Thief);
        await rig.TakeAsync(new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node"));
        return rig;
    }

    /// <summary>All that is stored of the other agent: its own row, its nodes', their history, alerts and incidents, and the orders.</summary>
    private static async Task<string[]> HomesRowsAsync(MonitorRig rig)
    {
        string[] kinds = [Keys.Agents + "home", Keys.NodesOf(MonitorRig.Home), Keys.NotUp + "home", Keys.AllHistory + "home", Keys.OpenIncidents + "home", Keys.Orders];
        var rows = new List<string>();
        foreach (var kind in kinds)
        {
            rows.AddRange((await rig.RowsAsync(kind)).Select(r => $"{r.Key} {r.Doc}"));
        }

        return [.. rows];
    }

    /// <summary>One or two of its values are others; its agent is the thief, since all else is refused by the signature.</summary>
    private static string Baited(string report, Random random)
    {
        var json = JsonNode.Parse(report)!;
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var leaves = Leaves(json).ToArray();
            var (parent, name) = leaves[random.Next(leaves.Length)];
            var bait = JsonNode.Parse(Baits[random.Next(Baits.Length)]);
            if (parent is JsonArray array)
            {
                array[int.Parse(name, null)] = bait;
            }
            else
            {
                parent[name] = bait;
            }
        }

        json["agent"] = Thief.ToString();
        return json.ToJsonString().Replace(HalfCharacter, "\"\\ud800\"", StringComparison.Ordinal);
    }

    private static IEnumerable<(JsonNode Parent, string Name)> Leaves(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Value is JsonObject or JsonArray ? Leaves(m.Value).Append((members, m.Key)) : [(members, m.Key)]),
        JsonArray items => items.Index().SelectMany(i => i.Item is JsonObject or JsonArray ? Leaves(i.Item).Append((items, $"{i.Index}")) : [(items, $"{i.Index}")]),
        _ => [],
    };
}
