using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Silences and maintenance over HTTP.</summary>
public sealed class SilenceApiTests
{
    private const string Nobody = "at present it fits no node, no agent and not the monitor: it hides nothing unless one comes that it fits";

    [Fact]
    public async Task One_is_made_listed_and_ended_and_each_says_who_did_it()
    {
        await using var api = await StartAsync();

        var made = (await api.PostAsync("/api/silences", json: """{"match":{"labels":{"zone":"e*"},"severities":["warning"]},"minutes":120,"by":"alice","comment":"a move"}""")).Read(ApiJson.Default.SilenceView, 201);

        Assert.Equal((SilenceKind.Silence, SilenceState.Active, ApiSetup.Noon, ApiSetup.Noon.AddHours(2)), (made.Kind, made.State, made.From, made.Until));
        Assert.Equal(("operator alice", "a move", null), (made.By, made.Comment, made.Warning));
        Assert.Equal(("Warning", "e*"), (made.Match.Severities!.Value.Single(), made.Match.Labels!["zone"]));
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        var ended = (await api.SendAsync("DELETE", $"/api/silences/{made.Id}?by=bob", ApiSetup.Operator)).Read(ApiJson.Default.SilenceView);
        Assert.Equal((SilenceState.Ended, ApiSetup.Noon.AddMinutes(1), "operator bob"), (ended.State, ended.Until, ended.EndedBy));
        Assert.Equal([made.Id], (await api.GetAsync("/api/silences")).Read(ApiJson.Default.SilenceList).Silences.Select(s => s.Id));
        Assert.StartsWith("it has ended already, at 2026-01-15 12:01:00 UTC", (await api.SendAsync("DELETE", $"/api/silences/{made.Id}", ApiSetup.Operator)).Problem(409), StringComparison.Ordinal);
        Assert.Equal("no silence has this id, or it ended long ago", (await api.SendAsync("DELETE", "/api/silences/x", ApiSetup.Operator)).Problem(404));
    }

    [Fact]
    public async Task The_active_come_first_then_those_to_come_then_those_that_ended()
    {
        await using var api = await StartAsync();
        foreach (var times in new[] { """ "minutes":1""", """ "from":"2026-01-15T12:30:00Z","minutes":5""", """ "until":"2026-01-16T12:00:00Z" """, """ "minutes":90""" })
        {
            (await api.PostAsync("/api/silences", json: $$"""{"match":{"subjects":["*"]},{{times}}}""")).Read(ApiJson.Default.SilenceView, 201);
        }

        api.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(
            [(SilenceState.Active, 24 * 60), (SilenceState.Active, 90), (SilenceState.Future, 35), (SilenceState.Ended, 1)],
            (await api.GetAsync("/api/silences")).Read(ApiJson.Default.SilenceList).Silences.Select(s => (s.State, (int)(s.Until - ApiSetup.Noon).TotalMinutes)));
    }

    [Theory]
    [InlineData("""{"subjects":["host.main"]}""", false)]
    [InlineData("""{"subjects":["*.second","host.m*"]}""", false)]
    [InlineData("""{"subjects":["host.gone"]}""", true)]
    [InlineData("""{"agents":["host"]}""", false)]
    [InlineData("""{"agents":["alone"]}""", false)]
    [InlineData("""{"agents":["gone"]}""", true)]
    [InlineData("""{"labels":{"zone":"us"}}""", true)]
    [InlineData("""{"subjects":["monitor"]}""", false)]
    [InlineData("""{"conditions":["Hung"]}""", false)]
    [InlineData("""{"subjects":["host.gone"],"kinds":["Down"]}""", true)]
    public async Task One_that_fits_nobody_at_present_is_taken_with_a_warning(string match, bool warned)
    {
        await using var api = await StartAsync();

        var made = (await api.PostAsync("/api/silences", json: $$"""{"match":{{match}},"minutes":5}""")).Read(ApiJson.Default.SilenceView, 201);

        Assert.Equal(warned ? Nobody : null, made.Warning);
    }

    [Theory]
    [InlineData("""{"minutes":5}""", "match is missing: subjects, agents, conditions, severities, kinds, labels")]
    [InlineData("""{"match":{},"minutes":5}""", "match is empty, which would fit every alert")]
    [InlineData("""{"match":{"kinds":["Dwn"]},"minutes":5}""", "match.kinds[0] is Dwn; did you mean Down?")]
    [InlineData("""{"match":{"kinds":["Down"]}}""", "how long? minutes, or until")]
    [InlineData("""{"match":{"kinds":["Down"]},"minutes":527041}""", "minutes is 527041: a number from 1 to 527040")]
    [InlineData("""{"match":{"kinds":["Down"]},"until":"2026-01-15T11:00:00Z"}""", "until is 2026-01-15 11:00:00 UTC: 60 s to 366 d after 2026-01-15 12:00:00 UTC")]
    [InlineData("""{"match":{"kinds":["Down"]},"minutes":5,"from":"2026-01-15T11:54:59Z"}""", "from is 2026-01-15 11:54:59 UTC: now (2026-01-15 12:00:00 UTC) to 366 days ahead")]
    [InlineData("""{"match":{"kinds":["Down"]},"minutes":5,"from":"2026-01-15T11:55:00Z"}""", "until is 2026-01-15 12:00:00 UTC: that has passed")]
    [InlineData("""{"match":{"kinds":"Down"},"minutes":5}""", "the body is not as docs/api.md has it, at $.match.kinds")]
    public async Task What_is_wrong_is_named_and_nothing_is_written(string json, string detail)
    {
        await using var api = await StartAsync();

        Assert.StartsWith(detail, (await api.PostAsync("/api/silences", json: json)).Problem(400), StringComparison.Ordinal);
        Assert.Empty((await api.GetAsync("/api/silences")).Read(ApiJson.Default.SilenceList).Silences);
    }

    [Theory]
    [InlineData("\"node\":\"host.main\"", "host.main", null, false)]
    [InlineData("\"node\":\"main\"", "host.main", null, false)]
    [InlineData("\"node\":\"host.gone\"", "host.gone", null, true)]
    [InlineData("\"agent\":\"host\"", null, "host", false)]
    [InlineData("\"agent\":\"gone\"", null, "gone", true)]
    public async Task Maintenance_is_a_silence_of_one_node_or_agent(string whom, string? subject, string? agent, bool warned)
    {
        await using var api = await StartAsync();

        var made = (await api.PostAsync("/api/maintenance", json: $$"""{{{whom}},"minutes":60,"by":"alice"}""")).Read(ApiJson.Default.SilenceView, 201);

        Assert.Equal((SilenceKind.Maintenance, subject, agent, warned), (made.Kind, made.Match.Subjects?.Single(), made.Match.Agents?.Single(), made.Warning is not null));
    }

    [Theory]
    [InlineData("\"minutes\":5", 400, "node or agent: one of them is needed")]
    [InlineData("\"minutes\":5,\"node\":\"host.main\",\"agent\":\"host\"", 400, "node or agent: one of them is needed")]
    [InlineData("\"node\":\"host.main\"", 400, "how long? minutes, or until")]
    [InlineData("\"minutes\":5,\"node\":\"nobody\"", 404, "no node is called nobody")]
    [InlineData("\"minutes\":5,\"node\":\"twin\"", 409, "several nodes have this name: give the id of one")]
    [InlineData("\"minutes\":5,\"agent\":\"monitor\"", 400, "agent is monitor: an agent's name, 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("\"minutes\":5,\"agent\":\"host.*\"", 400, "agent is host.*: an agent's name")]
    public async Task Maintenance_of_what_is_not_clear_is_refused(string json, int code, string detail)
    {
        await using var api = await StartAsync();

        Assert.StartsWith(detail, (await api.PostAsync("/api/maintenance", json: "{" + json + "}")).Problem(code), StringComparison.Ordinal);
    }

    private static async Task<ApiUnderTest> StartAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "twin"));
        await api.StoreAsync(StoredFleet.Agent("alone"));
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("host.twin"), StoredFleet.Node("other.twin"));
        return api;
    }
}
