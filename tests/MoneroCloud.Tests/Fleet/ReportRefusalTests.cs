using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>What comes to the reports queue and is no report to be believed: counted in one row a kind, done with, and nothing else is changed by it.</summary>
public sealed class ReportRefusalTests
{
    private static readonly NodeName Other = NodeName.Parse("other");

    /// <summary>The kind it is counted by, and how the message is made from a good report.</summary>
    public static TheoryData<string, Func<MonitorRigReport, byte[]>> Bad() => new()
    {
        { "malformed", _ => [] },
        { "malformed", _ => [1, 2, 3] },
        { "malformed", _ => "a.b.c"u8.ToArray() },
        { "malformed", r => Payload(r, "null") },
        { "malformed", r => Payload(r, "[]") },
        { "malformed", r => Payload(r, """{"agent":7}""") },
        { "malformed", r => Payload(r, """{"agent":"no name"}""") },
        { "TooLarge", _ => Encoding.ASCII.GetBytes(new string('a', Jws.MaxLength + 1)) },
        { "unknown agent", r => Jws.Sign(r.Rig.AgentKeys[MonitorRig.Home], JwsType.Report, Bytes(r.Report with { Agent = NodeName.Parse("stranger") })) },
        { "UnknownKey", r => Jws.Sign(r.Rig.AgentKeys[Other], JwsType.Report, Bytes(r.Report)) },
        { "BadSignature", r => Damaged(r.Rig.Signed(r.Report)) },
        { "WrongType", r => Jws.Sign(r.Rig.AgentKeys[MonitorRig.Home], JwsType.Ack, Bytes(r.Report)) },
        { "not understood", r => Payload(r, """{"agent":"home"}""") },
        { "not understood", r => Changed(r, json => json["nodes"]![0]!["seen"]!["evidence"]!["process"]!["kind"] = "dreaming") },
        { "not understood", r => Changed(r, json => json["nodes"]![0]!["seen"]!["evidence"]!["api"] = null) },
        { "out of bounds", r => r.Rig.Signed(r.Report with { PeriodSeconds = 0 }) },
        { "out of bounds", r => r.Rig.Signed(r.Report with { Epoch = 0 }) },
        { "out of bounds", r => r.Rig.Signed(r.Report with { Trusts = ["short"] }) },
        { "out of bounds", r => r.Rig.Signed(r.Report with { Trusts = [new string('a', 43), new string('b', 43), new string('c', 43)] }) },
        { "out of bounds", r => r.Rig.Signed(r.Report with { Names = [] }) },
        { "out of bounds", r => r.Rig.Signed(r.Report with { Events = [new NodeEvent(1, 0, null, Given.Now, new NodeFact.Lost(1))] }) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task It_is_counted_once_a_message_and_changes_nothing(string kind, Func<MonitorRigReport, byte[]> message)
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home, Other);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        await rig.TakeAsync(agent);
        var before = await RowsAsync(rig);
        agent.Node.Healthy();
        var bad = message(new MonitorRigReport(rig, agent.Report()));

        // Completed: the platform would deliver it again at once, and it would be refused again.
        Assert.IsType<TriggerResult.Refused>(await rig.TakeAsync(bad));
        Assert.IsType<TriggerResult.Refused>(await rig.TakeAsync(bad));

        Assert.Equal(new Dictionary<string, long> { [kind] = 2 }, await rig.RefusalsAsync());
        Assert.Equal(before, await RowsAsync(rig));
        Assert.Equal(Given.Now, rig.Time.GetUtcNow());
    }

    [Fact]
    public async Task Reasons_tell_no_text_of_a_message_that_nobody_signed()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        foreach (var text in new[] { """{"agent":"hunter2"}""", """{"agent":"home","hunter2":1}""" })
        {
            var refused = Assert.IsType<TriggerResult.Refused>(await rig.TakeAsync(Jws.Sign(rig.AgentKeys[MonitorRig.Home], JwsType.Report, Encoding.UTF8.GetBytes(text))));

            Assert.DoesNotContain("hunter2", refused.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_flood_of_refused_messages_fills_as_many_rows_as_there_are_kinds()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        for (var i = 0; i < 300; i++)
        {
            await rig.TakeAsync(Encoding.ASCII.GetBytes($"no report {i}"));
            await rig.TakeAsync(Jws.Sign(rig.AgentKeys[MonitorRig.Home], JwsType.Report, Encoding.UTF8.GetBytes($$"""{"agent":"stranger-{{i}}"}""")));
        }

        Assert.Equal(new Dictionary<string, long> { ["malformed"] = 300, ["unknown agent"] = 300 }, await rig.RefusalsAsync());
    }

    [Fact]
    public async Task A_report_of_an_older_epoch_changes_nothing_and_is_answered_with_the_newer_one()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        agent.Node.Kill();
        var old = agent.Report();
        agent.LoseJournal();
        agent.Node.Spawn();
        await rig.TakeAsync(agent.Report());
        var before = await RowsAsync(rig, but: Keys.Agents);
        rig.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.IsType<TriggerResult.Refused>(await rig.TakeAsync(old));

        Assert.Equal(1, (await rig.RefusalsAsync())["older epoch"]);
        Assert.Equal(before, await RowsAsync(rig, but: Keys.Agents));
        Assert.Equal((2, 1), rig.Bus.AcksTo(agent.Name).Select(a => (a.Epoch, a.N)).Last());
    }

    private static byte[] Bytes(Report report) => JsonSerializer.SerializeToUtf8Bytes(report, CoreJson.Default.Report);

    private static byte[] Payload(MonitorRigReport report, string json) => Jws.Sign(report.Rig.AgentKeys[MonitorRig.Home], JwsType.Report, Encoding.UTF8.GetBytes(json));

    private static byte[] Changed(MonitorRigReport report, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(Bytes(report.Report))!;
        change(json);
        return Payload(report, json.ToJsonString());
    }

    private static byte[] Damaged(byte[] message)
    {
        message[^20] = (byte)(message[^20] == (byte)'A' ? 'B' : 'A');
        return message;
    }

    private static async Task<string[]> RowsAsync(MonitorRig rig, string? but = null)
    {
        string[] kinds = [Keys.Nodes, Keys.Agents, Keys.NotUp, Keys.Outbox, Keys.AllHistory];
        var rows = new List<string>();
        foreach (var kind in kinds.Where(k => k != but))
        {
            rows.AddRange((await rig.RowsAsync(kind)).Select(r => $"{r.Key} {r.Doc}"));
        }

        return [.. rows];
    }

    /// <summary>A rig and a good report of its agent.</summary>
    public sealed record MonitorRigReport
    {
        internal MonitorRigReport(MonitorRig rig, Report report) => (Rig, Report) = (rig, report);

        internal MonitorRig Rig { get; }

        internal Report Report { get; }
    }
}
