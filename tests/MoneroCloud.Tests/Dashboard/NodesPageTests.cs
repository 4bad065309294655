using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Dashboard;

/// <summary>The list of nodes at ten thousand of them: filters, order, pages, and how large a page is.</summary>
public sealed class NodesPageTests
{
    private const int LargestPage = 150 * 1024;

    private static readonly FleetSnapshot Fleet = Make(10_000);

    [Theory]
    [InlineData("", 10_000)]
    [InlineData("q=host-7.node-77", 11)]
    [InlineData("q=NODE-77", 110)]
    [InlineData("q=ZONE", 10_000)]
    [InlineData("agent=host-7", 1_000)]
    [InlineData("agent=host-7&state=down", 100)]
    [InlineData("condition=exited", 1_000)]
    [InlineData("label=zone%3Deu-3", 100)]
    [InlineData("label=zone", 10_000)]
    [InlineData("label=zone%3Deu-", 0)]
    [InlineData("q=&agent=&state=&condition=&label=", 10_000)]
    public void Filters_find_what_they_say(string query, int matching) => Assert.Equal(matching, Model(query).Matching);

    [Fact]
    public void Trouble_comes_first_and_each_column_sorts_in_both_directions()
    {
        Assert.All(Model("size=100").Rows, r => Assert.Equal(HealthState.Down, r.Node.State));
        Assert.Equal("host-0.node-0", Model("sort=node").Rows[0].Node.Id);
        Assert.Equal("host-9.node-999", Model("sort=node&dir=desc").Rows[0].Node.Id);
        foreach (var column in Enum.GetValues<NodeColumn>())
        {
            var rows = Model($"sort={column}&size=100").Rows;
            Assert.Equal(100, rows.Length);
            Assert.Equal(100, rows.Select(r => r.Node.Id).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("latency")]
    [InlineData("height")]
    public void What_is_not_known_of_a_node_is_neither_the_most_nor_the_least_of_it(string column)
    {
        ApiAnswer Answer(int i) => i % 3 == 0 ? new ApiAnswer.Refused() : new ApiAnswer.Answered(65561, TimeSpan.FromMilliseconds((i * 37) % 101), new WalletAnswer.Open((i * 53) % 97));
        var nodes = Enumerable.Range(0, 90).Select(i => StoredFleet.Node($"host.node-{i}") with { Host = null, Probe = new Probed(Answer(i), ApiSetup.Noon) }).ToList();
        var fleet = FleetSnapshot.Of(nodes, new Dictionary<NodeName, AgentRecord>(), new IncidentListing([], Truncated: false), [], new MonitorPolicy(), ApiSetup.Noon);
        foreach (var direction in new[] { "asc", "desc" })
        {
            var values = NodesModel.Of(fleet, Read($"sort={column}&dir={direction}&size=100")).Rows
                .Select(r => nodes.Single(n => n.Id.ToString() == r.Node.Id)).Select(n => column == "latency" ? NodeFacts.LatencyMs(n) : NodeFacts.Height(n)).ToList();

            Assert.All(values[60..], v => Assert.Null(v));
            Assert.Equal(direction == "asc" ? values[..60].Order() : values[..60].OrderDescending(), values[..60]);
            Assert.All(values[..60], v => Assert.NotNull(v));
        }
    }

    [Fact]
    public void Pages_have_every_node_once_and_a_page_too_far_is_the_last()
    {
        var seen = new List<string>();
        for (var page = 1; page <= 100; page++)
        {
            seen.AddRange(Model($"size=100&page={page}").Rows.Select(r => r.Node.Id));
        }

        Assert.Equal(10_000, seen.Distinct().Count());
        Assert.Equal((200, 200), (Model("page=9999").Query.Page, Model("").Pages));
    }

    [Theory]
    [InlineData("state=fine", "state is fine: one of Unknown, Up, Degraded, Down, Disabled")]
    [InlineData("page=0", "page is 0: a number from 1 to 10000")]
    [InlineData("sort=x", "sort is x: one of State, Node, Condition, Since, Latency, Height, Restarts")]
    public void What_is_wrong_is_named_with_its_value_and_what_may_be(string query, string problem)
    {
        NodesQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), out var found);

        Assert.Equal(problem, found);
    }

    [Fact]
    public void An_address_leads_to_the_same_list()
    {
        var query = Read("q=a%26b+c&agent=host-1&state=Down&condition=Exited&label=a%3Db&sort=Since&dir=desc&page=3&size=100");

        Assert.Equal(query, Read(query.Address()[(Places.Nodes.Length + 1)..]));
    }

    [Fact]
    public async Task A_page_is_small_whatever_stands_on_it()
    {
        var frame = new PageFrame { Place = Places.Nodes, Now = ApiSetup.Noon, MayAct = true, Token = new string('0', 64), Who = "operator alice" };
        var sizes = new Dictionary<string, int>();
        foreach (var query in new[] { "size=100", "size=100&sort=node", "size=100&q=node" })
        {
            sizes[query] = Encoding.UTF8.GetByteCount(await PageHtml.RenderAsync(typeof(NodesPage), new() { ["Model"] = Model(query), ["Frame"] = frame }));
        }

        var overview = OverviewModel.Of(Fleet, new HealthView { Status = MonitorStatus.Degraded });
        sizes["overview"] = Encoding.UTF8.GetByteCount(await PageHtml.RenderAsync(typeof(OverviewPage), new() { ["Model"] = overview, ["Frame"] = frame }));
        TestContext.Current.SendDiagnosticMessage(string.Join("; ", sizes.Select(s => $"{s.Key}: {s.Value} bytes")));
        Assert.All(sizes, s => Assert.InRange(s.Value, 5_000, LargestPage));
    }

    private static NodesModel Model(string query) => NodesModel.Of(Fleet, Read(query));

    private static NodesQuery Read(string query)
    {
        var read = NodesQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), out var problem);
        Assert.Null(problem);
        return read;
    }

    private static FleetSnapshot Make(int count)
    {
        var nodes = Enumerable.Range(0, count).Select(i =>
        {
            var (state, condition) = (i % 10) == 3 ? (HealthState.Down, Condition.Exited) : (HealthState.Up, Condition.Healthy);
            var node = StoredFleet.Node(string.Create(CultureInfo.InvariantCulture, $"host-{i / 1_000}.node-{i % 1_000}"), state, condition);
            var explanation = string.Concat(Enumerable.Repeat("exited (code 1; the disk is full), ", 12));
            return node with
            {
                Labels = ImmutableSortedDictionary<string, string>.Empty.Add("zone", string.Create(CultureInfo.InvariantCulture, $"eu-{i % 100}")),
                Health = node.Health with { Last = node.Health.Last! with { Explanation = state == HealthState.Down ? explanation : node.Health.Last.Explanation } },
            };
        }).OrderBy(n => n.Id.ToString(), StringComparer.Ordinal).ToList();
        return FleetSnapshot.Of(nodes, new Dictionary<NodeName, AgentRecord>(), new IncidentListing([], Truncated: false), [], new MonitorPolicy(), ApiSetup.Noon);
    }
}
