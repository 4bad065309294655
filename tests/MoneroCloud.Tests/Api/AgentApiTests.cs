using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Agents: enrolled, shown, replaced, removed.</summary>
public sealed class AgentApiTests
{
    [Fact]
    public async Task An_agent_is_enrolled_with_all_it_needs_and_the_same_again_gives_the_same()
    {
        await using var api = await ApiUnderTest.StartAsync();

        var first = await api.PostAsync("/api/agents", json: Body("host", PublishedKey.Jwk));

        var answer = first.Read(ApiJson.Default.EnrolAnswer, 201);
        Assert.Equal(("host", new Uri("https://monitor.example"), "reports", "commands-host", 60), (answer.Agent, answer.MonitorUrl, answer.ReportsQueue, answer.CommandsQueue, answer.PeriodSeconds));
        Assert.Equal(api.Monitor.Keys.PublicJwks, answer.MonitorKeys.Select(k => k.GetRawText()));
        Assert.Contains(AgentBusDouble.Secret, answer.Bus, StringComparison.Ordinal);
        Assert.DoesNotContain(AgentBusDouble.Secret, answer.ToString(), StringComparison.Ordinal);
        Assert.Equal("/api/agents/host", first.Headers["Location"]);
        var again = await api.PostAsync("/api/agents", json: Body("host", PublishedKey.Jwk));
        Assert.Equal((200, first.Text), (again.Code, again.Text));
        Assert.Equal(["host", "host"], api.Agents.Declared);
    }

    [Fact]
    public async Task Another_key_takes_the_place_only_when_that_is_asked_for()
    {
        await using var api = await ApiUnderTest.StartAsync();
        using var other = SigningKey.Create();
        await api.PostAsync("/api/agents", json: Body("host", PublishedKey.Jwk));

        Assert.Equal(
            "agent host is enrolled with another key; replace true puts this one in its place, and the other agent is heard no more",
            (await api.PostAsync("/api/agents", json: Body("host", other.PublicKey.ToJwk()))).Problem(409));
        Assert.Equal([PublishedKey.Thumbprint], await KeysAsync(api));

        (await api.PostAsync("/api/agents", json: Body("host", other.PublicKey.ToJwk(), replace: true))).Read(ApiJson.Default.EnrolAnswer, 201);

        Assert.Equal([other.PublicKey.Thumbprint], await KeysAsync(api));
    }

    [Fact]
    public async Task With_an_overlap_the_key_before_is_valid_for_an_hour_more_and_no_third_one_is()
    {
        await using var api = await ApiUnderTest.StartAsync();
        using var second = SigningKey.Create();
        using var third = SigningKey.Create();
        await api.PostAsync("/api/agents", json: Body("host", PublishedKey.Jwk));
        Assert.Equal("overlap is true: it goes with replace true", (await api.PostAsync("/api/agents", json: Body("host", second.PublicKey.ToJwk(), overlap: true))).Problem(400));

        (await api.PostAsync("/api/agents", json: Body("host", second.PublicKey.ToJwk(), replace: true, overlap: true))).Read(ApiJson.Default.EnrolAnswer, 201);
        Assert.Equal([second.PublicKey.Thumbprint, PublishedKey.Thumbprint], await KeysAsync(api));
        (await api.PostAsync("/api/agents", json: Body("host", third.PublicKey.ToJwk(), replace: true, overlap: true))).Read(ApiJson.Default.EnrolAnswer, 201);
        Assert.Equal([third.PublicKey.Thumbprint, second.PublicKey.Thumbprint], await KeysAsync(api));

        // A stolen key is replaced without one.
        (await api.PostAsync("/api/agents", json: Body("host", PublishedKey.Jwk, replace: true))).Read(ApiJson.Default.EnrolAnswer, 201);
        Assert.Equal([PublishedKey.Thumbprint], await KeysAsync(api));
    }

    [Theory]
    [InlineData("remote", "name is remote: this name stands for something else, and no agent can have it")]
    [InlineData("monitor", "name is monitor: this name stands for something else, and no agent can have it")]
    [InlineData("Host", "name is Host: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("a.b", "name is a.b: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("", "name is : 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    public async Task Some_names_no_agent_can_have(string name, string detail)
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal(detail, (await api.PostAsync("/api/agents", json: Body(name, PublishedKey.Jwk))).Problem(400));
    }

    [Theory]
    [InlineData("""{"name":"host","key":"text"}""", "key: it has to be an object, a JWK of kty, crv, x and y")]
    [InlineData("""{"name":"host","key":null}""", "key: it has to be an object, a JWK of kty, crv, x and y")]
    [InlineData("""{"name":"host"}""", "the body is not as docs/api.md has it, at $")]
    [InlineData("""{"name":7,"key":{}}""", "the body is not as docs/api.md has it, at $.name")]
    [InlineData("""[]""", "the body is not as docs/api.md has it, at $")]
    [InlineData("""null""", "the body is null")]
    [InlineData("""{""", "the body is not as docs/api.md has it, at $")]
    public async Task A_body_that_is_none_is_refused(string json, string detail)
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal(detail, (await api.PostAsync("/api/agents", json: json)).Problem(400));
    }

    [Fact]
    public async Task A_private_key_is_refused_and_not_repeated()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var secret = PublishedKey.Jwk.Replace("}", ",\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}", StringComparison.Ordinal);

        var reply = await api.PostAsync("/api/agents", json: Body("host", secret));

        Assert.StartsWith("key: The public key is not a JWK", reply.Problem(400), StringComparison.Ordinal);
        Assert.DoesNotContain("jpsQ", reply.Text + string.Concat(api.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_has_to_be_json_of_a_bounded_length()
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal("the body is longer than 16384 bytes", (await api.PostAsync("/api/agents", json: new string(' ', JsonBody.MostBytes + 1))).Problem(413));
        var text = await api.SendAsync("POST", "/api/agents", ApiSetup.Operator, change: request => request.Content = new StringContent(Body("host", PublishedKey.Jwk)));
        Assert.Equal("the Content-Type has to be application/json", text.Problem(415));
    }

    [Fact]
    public async Task Agents_are_shown_by_name_and_a_silent_one_says_so()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("zeta"));
        await api.StoreSilentAsync(StoredFleet.Agent("alpha", null, "main"), ApiSetup.Noon.AddMinutes(-1), 1);

        var list = (await api.GetAsync("/api/agents")).Read(ApiJson.Default.AgentList);

        Assert.Equal([("alpha", true), ("zeta", false)], list.Agents.Select(a => (a.Name, a.Silent)));
        var alpha = (await api.GetAsync("/api/agents/alpha")).Read(ApiJson.Default.AgentView);
        Assert.Equal((ApiSetup.Noon.AddMinutes(-1), 20L, 0.5), (alpha.SilentSince, alpha.ReportAgeSeconds, alpha.SkewSeconds));
        Assert.Equal(["alpha.main"], alpha.Nodes);
        (await api.GetAsync("/api/agents/nobody")).Problem(404);
    }

    [Fact]
    public async Task A_removed_agent_takes_its_nodes_along_and_no_others()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Agent("host-2", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("host.old", HealthState.Down), StoredFleet.Node("host-2.main"));

        Assert.Equal(204, (await api.SendAsync("DELETE", "/api/agents/host", ApiSetup.Operator)).Code);

        Assert.Equal(["host-2.main"], (await api.GetAsync("/api/nodes")).Read(ApiJson.Default.NodeList).Nodes.Select(n => n.Id));
        Assert.Equal(["host-2"], (await api.GetAsync("/api/agents")).Read(ApiJson.Default.AgentList).Agents.Select(a => a.Name));
        Assert.Equal((1, 0), (await api.GetAsync("/api/health")).Read(ApiJson.Default.HealthView) is var health ? (health.Working, health.Failed) : default);
        (await api.SendAsync("DELETE", "/api/agents/host", ApiSetup.Operator)).Problem(404);
        (await api.SendAsync("DELETE", "/api/agents/remote", ApiSetup.Operator)).Problem(404);
        Assert.Contains(api.Lines, line => line.Contains("operator at 127.0.0.1 removed agent host and its 2 nodes", StringComparison.Ordinal));
    }

    /// <summary>Else it would be open for ever: nobody speaks for that node any more.</summary>
    [Fact]
    public async Task An_incident_that_opens_while_its_agent_is_removed_goes_with_it()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"));
        api.Table.Rival = async () =>
        {
            var node = (await api.Table.FindAsync(Keys.Node(StoredFleet.Node("host.main").Id), CoreJson.Default.NodeRecord, TestContext.Current.CancellationToken))!;
            var down = node with { Value = StoredFleet.Node("host.main", HealthState.Down) };
            Assert.IsType<CommitResult.Committed>(await api.Table.CommitAsync([Documents.Write(Keys.Node(down.Value.Id), down, CoreJson.Default.NodeRecord)], TestContext.Current.CancellationToken));
            await api.Table.StoreAsync(StoredIncidents.Open("host.main", minutesAgo: 1));
        };

        Assert.Equal(204, (await api.SendAsync("DELETE", "/api/agents/host", ApiSetup.Operator)).Code);

        Assert.Null(api.Table.Rival);
        Assert.Empty((await api.GetAsync("/api/nodes")).Read(ApiJson.Default.NodeList).Nodes);
        Assert.Null(await api.Table.ReadAsync(Keys.OpenIncident("host.main"), TestContext.Current.CancellationToken));
    }

    private static string Body(string name, string jwk, bool replace = false, bool overlap = false) =>
        $$"""{"name":{{JsonSerializer.Serialize(name)}},"key":{{jwk}},"replace":{{(replace ? "true" : "false")}},"overlap":{{(overlap ? "true" : "false")}}}""";

    private static async Task<IEnumerable<string>> KeysAsync(ApiUnderTest api) => (await api.GetAsync("/api/agents/host")).Read(ApiJson.Default.AgentView).Keys;
}
