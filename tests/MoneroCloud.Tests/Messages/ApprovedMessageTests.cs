using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Messages;

/// <summary>What agent and monitor say to each other and what is stored is a contract: members are added, never renamed.</summary>
public sealed partial class ApprovedMessageTests
{
    [Fact]
    public void Reports() => ApprovedText.Is("report", CoreJson.Default.Report, WireSamples.Report);

    [Fact]
    public void Events_of_every_kind_of_fact()
    {
        ApprovedText.Is("events", CoreJson.Default.NodeEvent, WireSamples.Events);

        var kinds = Kinds(typeof(NodeFact));
        Assert.Equal(kinds, WireSamples.Facts.Select(KindOf));
        Assert.Equal(kinds.Order(StringComparer.Ordinal), ApprovedText.Lines("events").Select(l => JsonDocument.Parse(l).RootElement.GetProperty("fact").GetProperty("kind").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Evidence_of_every_kind() => ApprovedText.Is("evidence", CoreJson.Default.HostEvidence, WireSamples.Evidence);

    [Fact]
    public void Orders_of_every_verb() => ApprovedText.Is("orders", CoreJson.Default.Order, Orders());

    [Fact]
    public void Outcomes_of_every_result() => ApprovedText.Is("outcomes", CoreJson.Default.Outcome, Enum.GetValues<OutcomeResult>().Select(WireSamples.Outcome));

    [Fact]
    public void What_a_check_leaves_by_every_method() => ApprovedText.Is("worked-data", CoreJson.Default.WorkedData, WireSamples.WorkedDatas);

    [Fact]
    public void Acks() => ApprovedText.Is("ack", CoreJson.Default.Ack, WireSamples.Ack);

    [Fact]
    public void Rows()
    {
        ApprovedText.Is("node", CoreJson.Default.NodeRecord, RowSamples.Node);
        ApprovedText.Is("rollup", CoreJson.Default.RollupBucket, RowSamples.Hour);
        ApprovedText.Is("rollup-hours", CoreJson.Default.DictionaryStringRollupBucket, RowSamples.Hours);
        ApprovedText.Is("agent", CoreJson.Default.AgentRecord, RowSamples.Agent);
        ApprovedText.Is("order-records", CoreJson.Default.OrderRecord, Enum.GetValues<OrderState>().Select(RowSamples.Order));
        ApprovedText.Is("history", CoreJson.Default.HistoryEntry, RowSamples.History);
        ApprovedText.Is("alerts", CoreJson.Default.Alert, [RowSamples.Alert, .. RowSamples.Alerts]);
        ApprovedText.Is("outbox", MonitorJson.Default.OutboxItem, RowSamples.AlertOnItsWay, RowSamples.OrderOnItsWay);
        ApprovedText.Is("restart-budget", MonitorJson.Default.RestartBudget, RowSamples.Budget);
        ApprovedText.Is("delivery", MonitorJson.Default.DeliveryRecord, RowSamples.Delivered, RowSamples.Delivered with { Receipt = null, Refused = "404" }, RowSamples.Delivered with { Channel = "-", Receipt = null, Message = null, Hidden = "silence 0123456789ab of alice" });
        ApprovedText.Is("incident", CoreJson.Default.Incident, RowSamples.Incident);
        ApprovedText.Is("silence", CoreJson.Default.Silence, RowSamples.Silence);
    }

    [Fact]
    public void A_diagnosis_without_notes_has_none()
    {
        var text = JsonSerializer.Serialize(RowSamples.Node.Health.Last!, CoreJson.Default.Diagnosis).Replace(""","notes":["SaveFailed","DiskLow"]""", "", StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(text, CoreJson.Default.Diagnosis)!;

        Assert.DoesNotContain("notes", text, StringComparison.Ordinal);
        Assert.Empty(read.Notes);
        Assert.Equal(RowSamples.Node.Health.Last! with { Notes = [] }, read);
    }

    [Fact]
    public void Every_member_and_every_case_has_an_approved_text()
    {
        foreach (var (type, samples) in Samples())
        {
            Assert.Empty(JsonMembers.Of(type).Except(JsonMembers.In(type, samples)));
        }
    }

    [Fact]
    public void A_member_without_an_approved_text_is_noticed()
    {
        var without = WireSamples.Report with { Nodes = [.. WireSamples.Report.Nodes.Select(n => n with { Inventory = n.Inventory with { Daemon = null } })] };
        var missing = JsonMembers.Of(CoreJson.Default.Report).Except(JsonMembers.In(CoreJson.Default.Report, [without]));

        Assert.Contains("NodeInventory.daemon", missing);
    }

    [Fact]
    public void No_member_can_hold_a_secret()
    {
        // The address in worked_data is written without its login.
        Assert.Equal(["Ack.monitor_keys", "AgentRecord.keys", "AgentRecord.old_key_until", "WorkedData.Api.url"], Samples().SelectMany(s => JsonMembers.Of(s.Type)).Where(m => Secret().IsMatch(m)).Distinct().Order(StringComparer.Ordinal));

        // The public half, as RFC 7517 has it; "d" would be the private one.
        Assert.All(RowSamples.Agent.Keys.Concat(WireSamples.Ack.MonitorKeys!.Value), jwk => Assert.False(JsonDocument.Parse(jwk).RootElement.TryGetProperty("d", out _)));
    }

    [Theory]
    [InlineData("NodeInventory.rpc_login")]
    [InlineData("ReportedNode.command_line")]
    [InlineData("NodeRecord.wallet_password")]
    [InlineData("HostEvidence.log_tail")]
    public void A_member_that_could_is_noticed(string member) => Assert.Matches(Secret(), member);

    [GeneratedRegex(@"\..*(password|passphrase|secret|login|token|key|seed|mnemonic|credential|command|args|environ|stdout|stderr|log_(tail|lines?)|address|url)")]
    private static partial Regex Secret();

    /// <summary>All that is approved above, by its type; what a report brings is complete with the evidence and events of its own files.</summary>
    private static IEnumerable<(JsonTypeInfo Type, IEnumerable<object> Values)> Samples()
    {
        var evidence = WireSamples.Evidence.Select(e => new NodeEvent(2, 1, null, WireSamples.At, new NodeFact.Observed(WireSamples.Seen with { Evidence = e })));
        var outcomes = Outcomes().Select(o => new NodeEvent(2, 1, null, WireSamples.At, new NodeFact.OrderEnded(WireSamples.OrderId, o)));
        var events = WireSamples.Events.AddRange(evidence).AddRange(outcomes);
        yield return (CoreJson.Default.Report, [WireSamples.Report with { Events = events }]);
        yield return (CoreJson.Default.Ack, [WireSamples.Ack]);
        yield return (CoreJson.Default.Order, Orders());
        yield return (CoreJson.Default.NodeRecord, [RowSamples.Node, .. Seen(), .. WireSamples.WorkedDatas.Select(d => RowSamples.Node with { WorkedData = d })]);
        yield return (CoreJson.Default.RollupBucket, [RowSamples.Hour]);
        yield return (CoreJson.Default.AgentRecord, [RowSamples.Agent]);
        yield return (CoreJson.Default.OrderRecord, [.. Enum.GetValues<OrderState>().Select(RowSamples.Order), RowSamples.Order(OrderState.Taken) with { Order = WireSamples.Order(OrderVerb.Stop) }, RowSamples.Order(OrderState.Stored) with { Order = WireSamples.Automatic }, .. Outcomes().Select(o => RowSamples.Order(OrderState.Ended) with { Order = WireSamples.Order(OrderVerb.Check), Outcome = o })]);
        yield return (CoreJson.Default.HistoryEntry, [.. RowSamples.History, .. events.Select(e => RowSamples.History[1] with { Fact = e.Fact })]);
        yield return (CoreJson.Default.Alert, [RowSamples.Alert]);
        yield return (MonitorJson.Default.RestartBudget, [RowSamples.Budget]);
        yield return (MonitorJson.Default.OutboxItem, [RowSamples.AlertOnItsWay, RowSamples.OrderOnItsWay]);
        yield return (MonitorJson.Default.DeliveryRecord, [RowSamples.Delivered, RowSamples.Delivered with { Refused = "404", Hidden = "silence 0123456789ab of alice" }]);
        yield return (CoreJson.Default.Incident, [RowSamples.Incident]);
        yield return (CoreJson.Default.Silence, [RowSamples.Silence]);
    }


    private static IEnumerable<Outcome> Outcomes() => Enum.GetValues<OutcomeResult>().Select(WireSamples.Outcome).Concat(WireSamples.Checked)
        .Concat(WireSamples.Proofs.Select(p => WireSamples.Restarted with { Proof = p }))
        .Append(WireSamples.Restarted with { Proof = WireSamples.Proof with { Steps = [new LadderStep(LadderRung.Store, WireSamples.At, null, new StepResult.Underway("x"))] } });
    private static IEnumerable<Order> Orders() => Enum.GetValues<OrderVerb>().Select(WireSamples.Order).Append(WireSamples.Automatic);


    /// <summary>Each evidence as its host saw it and, as far as that can be, as a probe did.</summary>
    private static IEnumerable<NodeRecord> Seen() => WireSamples.Evidence.Select(e => RowSamples.Node with
    {
        Host = new HostSighting(1, WireSamples.Seen with { Evidence = e }, WireSamples.At),
        Probe = new Probed(e.Api, WireSamples.At),
        LastExit = e.Process as ProcessSighting.Gone,
    });

    private static IEnumerable<string> Kinds(Type closed) =>
        closed.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!);

    private static string KindOf(NodeFact fact) => JsonSerializer.SerializeToElement(fact, CoreJson.Default.NodeFact).GetProperty("kind").GetString()!;
}
