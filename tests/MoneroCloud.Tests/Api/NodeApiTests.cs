using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary><c>GET /api/nodes</c> and one of them.</summary>
public sealed class NodeApiTests
{
    [Fact]
    public async Task The_list_has_counts_and_nodes_by_id_and_a_disabled_node_is_listed_and_not_counted()
    {
        await using var api = await FleetAsync();

        var list = (await api.GetAsync("/api/nodes")).Read(ApiJson.Default.NodeList);

        Assert.Equal(["alpha.main", "alpha.second", "beta.main", "remote.shop"], list.Nodes.Select(n => n.Id));
        Assert.Equal((3, 2, 1, 1, 0), (list.Total, list.Working, list.Degraded, list.Failed, list.Unknown));
        Assert.Equal([NodeVantage.Agent, NodeVantage.Agent, NodeVantage.Both, NodeVantage.Monitor], list.Nodes.Select(n => n.Vantage));
        Assert.Null(list.Next);
    }

    [Theory]
    [InlineData("agent=alpha", "alpha.main alpha.second")]
    [InlineData("state=Down", "beta.main")]
    [InlineData("state=down&agent=alpha", "")]
    [InlineData("condition=AuthRejected", "alpha.second")]
    [InlineData("label=zone%3Deu", "alpha.main alpha.second beta.main")]
    [InlineData("label=zone%3Dus", "remote.shop")]
    [InlineData("label=zone%3Deu&label=tier%3Dgold", "")]
    [InlineData("limit=2", "alpha.main alpha.second")]
    [InlineData("limit=2&after=alpha.second", "beta.main remote.shop")]
    [InlineData("after=remote.shop", "")]
    public async Task Filters_and_pages(string query, string expected)
    {
        await using var api = await FleetAsync();

        var list = (await api.GetAsync($"/api/nodes?{query}")).Read(ApiJson.Default.NodeList);

        Assert.Equal(expected, string.Join(' ', list.Nodes.Select(n => n.Id)));
    }

    [Fact]
    public async Task Pages_give_every_node_once_and_count_all_that_the_filter_lets_through()
    {
        await using var api = await FleetAsync();
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await api.GetAsync($"/api/nodes?limit=1{(after is null ? "" : $"&after={after}")}")).Read(ApiJson.Default.NodeList);
            Assert.Equal(3, page.Total);
            seen.AddRange(page.Nodes.Select(n => n.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["alpha.main", "alpha.second", "beta.main", "remote.shop"], seen);
    }

    [Fact]
    public async Task Who_begins_a_list_sees_what_is_stored_and_who_pages_on_does_not_have_the_fleet_read_for_each_page()
    {
        await using var api = await FleetAsync();
        Assert.Equal("alpha.second", (await api.GetAsync("/api/nodes?limit=1&after=alpha.main")).Read(ApiJson.Default.NodeList).Nodes[0].Id);
        await api.StoreAsync(StoredFleet.Node("alpha.newest"));
        var before = api.Table.Ranges;

        var on = (await api.GetAsync("/api/nodes?after=alpha.main")).Read(ApiJson.Default.NodeList);
        Assert.Equal(before, api.Table.Ranges);
        var anew = (await api.GetAsync("/api/nodes")).Read(ApiJson.Default.NodeList);

        Assert.DoesNotContain("alpha.newest", on.Nodes.Select(n => n.Id));
        Assert.Contains("alpha.newest", anew.Nodes.Select(n => n.Id));
        Assert.True(api.Table.Ranges > before);
    }

    [Theory]
    [InlineData("limit=0", "limit is 0: a number from 1 to 1000")]
    [InlineData("limit=1001", "limit is 1001: a number from 1 to 1000")]
    [InlineData("limit=+5", "limit is  5: a number from 1 to 1000")]
    [InlineData("limit=", "limit is empty")]
    [InlineData("limit=1&limit=2", "limit is given 2 times: once at most")]
    [InlineData("state=dead", "state is dead: one of Unknown, Up, Degraded, Down, Disabled")]
    [InlineData("state=1", "state is 1: one of Unknown, Up, Degraded, Down, Disabled")]
    [InlineData("agent=NO", "agent is NO: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("after=main", "after is main: the id of a node, agent.name")]
    [InlineData("label=zone", "label is zone: it has to be key=value")]
    [InlineData("stat=Down", "stat is no parameter here: agent, state, condition, label, limit, after")]
    public async Task A_parameter_out_of_its_bounds_is_refused_by_name_value_and_bound(string query, string detail)
    {
        await using var api = await FleetAsync();

        Assert.Equal(detail, (await api.GetAsync($"/api/nodes?{query}")).Problem(400));
    }

    [Fact]
    public async Task One_node_is_found_by_id_and_by_a_name_that_only_it_has()
    {
        await using var api = await FleetAsync();

        Assert.Equal("beta.main", (await api.GetAsync("/api/nodes/beta.main")).Read(ApiJson.Default.NodeView).Id);
        Assert.Equal("alpha.second", (await api.GetAsync("/api/nodes/second")).Read(ApiJson.Default.NodeView).Id);
    }

    [Fact]
    public async Task A_name_of_several_nodes_is_answered_with_the_candidates()
    {
        await using var api = await FleetAsync();

        var reply = await api.GetAsync("/api/nodes/main");

        Assert.Equal("several nodes have this name: give the id of one", reply.Problem(409));
        Assert.Contains("""candidates":["alpha.main","beta.main"]""", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("alpha.nobody")]
    [InlineData("a.b.c")]
    [InlineData("ALPHA.main")]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData("%2e%2e%2fhealth")]
    [InlineData("alpha.main%00")]
    [InlineData("alpha.main%2f")]
    [InlineData("alpha%7cmain")]
    [InlineData("%f0%9f%92%a9")]
    [InlineData("'%20or%201=1--")]
    [InlineData("%3Cscript%3E")]
    public async Task What_is_no_node_is_not_found(string id)
    {
        await using var api = await FleetAsync();

        var reply = await api.GetAsync($"/api/nodes/{id}");

        // A character that no path has is refused by the server itself.
        Assert.True(reply.Code == 404 ? reply.ContentType == "application/problem+json" : reply.Code == 400, reply.Text);
    }

    [Fact]
    public async Task A_very_long_id_is_not_found_and_not_repeated_at_length()
    {
        await using var api = await FleetAsync();

        var reply = await api.GetAsync($"/api/nodes/{new string('a', 4_000)}");

        reply.Problem(404);
        Assert.True(reply.Text.Length < 500);
    }

    [Fact]
    public async Task A_node_of_a_silent_agent_is_unknown_since_then_and_says_so()
    {
        await using var api = await FleetAsync();
        api.Clock.Advance(TimeSpan.FromMinutes(3)); // The last report was 20 s before noon; three periods of 60 s are allowed.

        var node = (await api.GetAsync("/api/nodes/alpha.main")).Read(ApiJson.Default.NodeView);

        Assert.Equal((HealthState.Unknown, Condition.AgentSilent, true, false), (node.State, node.Condition, node.Silent, node.Worked));
        Assert.Equal(ApiSetup.Noon.AddSeconds(160), node.Since);
        Assert.Equal("agent alpha is silent since 2026-01-15 12:02:40 UTC: nobody knows; before that: answers in 3 ms", node.Message);
        Assert.Equal(2, (await api.GetAsync("/api/nodes?state=Unknown&agent=alpha")).Read(ApiJson.Default.NodeList).Unknown);
    }

    [Fact]
    public async Task A_node_that_is_not_available_stays_disabled_under_a_silent_agent()
    {
        await using var api = await FleetAsync();
        await api.StoreAsync(StoredFleet.Node("alpha.third") with { Available = false });
        api.Clock.Advance(TimeSpan.FromMinutes(30));

        var node = (await api.GetAsync("/api/nodes/alpha.third")).Read(ApiJson.Default.NodeView);

        Assert.Equal((HealthState.Disabled, false, false), (node.State, node.Available, node.Worked));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_hides_no_other_node_and_is_logged()
    {
        await using var api = await FleetAsync();
        await api.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.Node(StoredFleet.Id("alpha.broken")), Doc = "{}" })], TestContext.Current.CancellationToken);

        var list = (await api.GetAsync("/api/nodes")).Read(ApiJson.Default.NodeList);

        Assert.Equal(["alpha.main", "alpha.second", "beta.main", "remote.shop"], list.Nodes.Select(n => n.Id));
        Assert.Contains(api.Lines, line => line.Contains("n|alpha.broken cannot be read", StringComparison.Ordinal));
        (await api.GetAsync("/api/nodes/alpha.broken")).Problem(503);
    }

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("beta.main"), new Uri("http://127.0.0.1:1")));
        await api.StoreAsync(StoredFleet.Agent("alpha", null, "main", "second"));
        await api.StoreAsync(StoredFleet.Agent("beta", null, "main"));
        await api.StoreAsync(
            StoredFleet.Node("beta.main", HealthState.Down, Condition.Exited),
            StoredFleet.Node("alpha.second", HealthState.Degraded, Condition.AuthRejected),
            StoredFleet.Node("alpha.main"),
            StoredFleet.Node("remote.shop", HealthState.Disabled, Condition.StoppedByOperator) with { Labels = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("zone", "us") });
        return api;
    }
}
