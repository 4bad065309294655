using MoneroCloud.Core;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Incidents over HTTP: reading them, and what operators do about them.</summary>
public sealed class IncidentApiTests
{
    private static readonly Incident Open = StoredIncidents.Open("host.main", 10);
    private static readonly Incident Over = StoredIncidents.Resolved("host.main", 60);

    [Fact]
    public async Task They_are_listed_by_state_and_subject()
    {
        await using var api = await StartAsync();

        Assert.Equal([Open.Id], await IdsAsync(api, ""));
        Assert.Equal([Open.Id], await IdsAsync(api, "?state=open&subject=host.main"));
        Assert.Equal([Over.Id], await IdsAsync(api, "?state=resolved&since=2026-01-15T11:00:00Z"));
        Assert.Equal([Open.Id, Over.Id], await IdsAsync(api, "?state=all&limit=2"));
        Assert.Empty(await IdsAsync(api, "?state=all&subject=monitor"));
        Assert.True((await api.GetAsync("/api/incidents?state=all&limit=1")).Read(ApiJson.Default.IncidentList).Truncated);
    }

    [Theory]
    [InlineData("state=closed", "state is closed: one of Open, Resolved, All")]
    [InlineData("limit=501", "limit is 501: a number from 1 to 500")]
    [InlineData("since=yesterday", "since is yesterday: a time such as 2026-01-31T12:00:00Z, from 1970 on")]
    [InlineData("subject=a%7Cb", "subject is a|b: the id of a node, agent.name, or the name of an agent")]
    [InlineData("node=x", "node is no parameter here: state, subject, since, limit")]
    public async Task Parameters_are_bounded(string query, string detail)
    {
        await using var api = await StartAsync();

        Assert.Equal(detail, (await api.GetAsync($"/api/incidents?{query}")).Problem(400));
    }

    [Fact]
    public async Task One_is_shown_with_its_timeline_open_or_over()
    {
        await using var api = await StartAsync();

        var open = (await api.GetAsync($"/api/incidents/{Open.Id}")).Read(ApiJson.Default.IncidentDetail);
        var over = (await api.GetAsync($"/api/incidents/{Over.Id}")).Read(ApiJson.Default.IncidentDetail);

        Assert.Equal((IncidentState.Open, IncidentState.Resolved), (open.Incident.State, over.Incident.State));
        Assert.Equal(["opened: host.main is Down: Exited", "told: over log"], open.Timeline.Select(e => e.Text));
        Assert.Equal("resolved: it works again", over.Timeline[^1].Text);
    }

    [Fact]
    public async Task What_is_written_says_who_did_it_and_is_shown_until_its_time_is_over()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync($"/api/incidents/{Open.Id}/ack", json: """{"minutes":90,"by":" alice ","comment":" looking at the disk "}""");

        Assert.Equal(new Acknowledgement("operator alice", ApiSetup.Noon, ApiSetup.Noon.AddMinutes(90), "looking at the disk"), reply.Read(ApiJson.Default.IncidentView).Acknowledged);
        Assert.Contains(api.Lines, line => line.Contains($"operator alice at 127.0.0.1 acknowledged incident {Open.Id} of host.main", StringComparison.Ordinal));
        api.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Null((await api.GetAsync($"/api/incidents/{Open.Id}")).Read(ApiJson.Default.IncidentDetail).Incident.Acknowledged);
    }

    [Fact]
    public async Task Without_a_body_it_is_the_operator_for_four_hours()
    {
        await using var api = await StartAsync();

        var ack = (await api.PostAsync($"/api/incidents/{Open.Id}/ack")).Read(ApiJson.Default.IncidentView).Acknowledged;
        Assert.Equal(new Acknowledgement("operator", ApiSetup.Noon, ApiSetup.Noon.AddHours(4), null), ack);
        Assert.Null((await api.SendAsync("DELETE", $"/api/incidents/{Open.Id}/ack?by=bob", ApiSetup.Operator)).Read(ApiJson.Default.IncidentView).Acknowledged);
        Assert.Equal("nobody has acknowledged it, or his time is over", (await api.SendAsync("DELETE", $"/api/incidents/{Open.Id}/ack", ApiSetup.Operator)).Problem(409));
        var resolved = (await api.PostAsync($"/api/incidents/{Open.Id}/resolve")).Read(ApiJson.Default.IncidentView);
        Assert.Equal((IncidentState.Resolved, ApiSetup.Noon, "outage"), (resolved.State, resolved.ResolvedAt!.Value, resolved.Causes.Single()));
        Assert.Equal(["operator", "operator bob", "operator"], (await api.GetAsync($"/api/incidents/{Open.Id}")).Read(ApiJson.Default.IncidentDetail).Timeline.Select(e => e.By).OfType<string>());
    }

    [Theory]
    [InlineData("ack", """{"minutes":0}""", "minutes is 0: a number from 1 to 43200")]
    [InlineData("ack", """{"minutes":43201}""", "minutes is 43201: a number from 1 to 43200")]
    [InlineData("ack", """{"until":"2026-01-15T12:00:59Z"}""", "until is 2026-01-15 12:00:59 UTC: 60 s to 30 d after 2026-01-15 12:00:00 UTC")]
    [InlineData("ack", """{"until":"2026-02-14T12:00:01Z"}""", "until is 2026-02-14 12:00:01 UTC: 60 s to 30 d after 2026-01-15 12:00:00 UTC")]
    [InlineData("ack", """{"minutes":5,"until":"2026-01-15T13:00:00Z"}""", "minutes and until exclude each other")]
    [InlineData("ack", """{"minutes":1.5}""", "the body is not as docs/api.md has it, at $.minutes")]
    [InlineData("ack", """{"by":"  "}""", "by is   : 1 to 64 visible characters")]
    [InlineData("resolve", """{"by":"a\u001b[2J"}""", "by is a?[2J: 1 to 64 visible characters")]
    [InlineData("resolve", """{"by":"12345678901234567890123456789012345678901234567890123456789012345"}""", "by is 123456789012345678901234567890123456789012345678901234567890... (65 characters): 1 to 64 visible characters")]
    [InlineData("resolve", """{"comment":"a\nb"}""", "comment is a?b: one line of visible characters")]
    public async Task What_is_out_of_its_bounds_is_refused_and_nothing_is_written(string verb, string json, string detail)
    {
        await using var api = await StartAsync();

        Assert.Equal(detail, (await api.PostAsync($"/api/incidents/{Open.Id}/{verb}", json: json)).Problem(400));
        Assert.Equal(2, (await api.GetAsync($"/api/incidents/{Open.Id}")).Read(ApiJson.Default.IncidentDetail).Timeline.Length);
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 400)]
    public async Task A_comment_has_500_characters_at_most(int length, int code)
    {
        await using var api = await StartAsync();

        Assert.Equal(code, (await api.PostAsync($"/api/incidents/{Open.Id}/ack", json: $$"""{"comment":"{{new string('c', length)}}"}""")).Code);
    }

    [Fact]
    public async Task What_is_over_or_unknown_is_a_clear_answer()
    {
        await using var api = await StartAsync();
        const string Unknown = "no incident has this id, or it was kept for long enough";
        const string Ended = "the incident of host.main is over since 2026-01-15 11:01:00 UTC";

        foreach (var (method, path) in new[] { ("POST", "/ack"), ("DELETE", "/ack"), ("POST", "/resolve") })
        {
            Assert.Equal(Ended, (await api.SendAsync(method, $"/api/incidents/{Over.Id}{path}", ApiSetup.Operator)).Problem(409));
            Assert.Equal(Unknown, (await api.SendAsync(method, $"/api/incidents/{new string('0', 25)}{path}", ApiSetup.Operator)).Problem(404));
            Assert.Equal(Unknown, (await api.SendAsync(method, $"/api/incidents/..%2f..%2fx{path}", ApiSetup.Operator)).Problem(404));
        }

        Assert.Equal(Unknown, (await api.GetAsync("/api/incidents/host.main")).Problem(404));
    }

    private static async Task<ApiUnderTest> StartAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.Table.StoreAsync(Open, Over);
        return api;
    }

    private static async Task<IEnumerable<string>> IdsAsync(ApiUnderTest api, string query) =>
        (await api.GetAsync($"/api/incidents{query}")).Read(ApiJson.Default.IncidentList).Incidents.Select(i => i.Id);
}
