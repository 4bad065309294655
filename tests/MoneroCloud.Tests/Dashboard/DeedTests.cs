using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests.Dashboard;

/// <summary>What operators do on the pages: by the same code as over the API, and by nobody else's hand.</summary>
public sealed class DeedTests
{
    private const string Node = "/dashboard/nodes/host.main";

    private static readonly Incident Open = StoredIncidents.Open("host.main", 10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every form that changes something.</summary>
    public static TheoryData<string> Deeds => new(
        $"{Node}/check", $"{Node}/restart", $"{Node}/start", $"{Node}/stop", $"{Node}/enable", $"{Node}/disable",
        $"/dashboard/incidents/{Open.Id}/ack", $"/dashboard/incidents/{Open.Id}/unack", $"/dashboard/incidents/{Open.Id}/resolve", "/dashboard/silences", "/dashboard/silences/0123456789ab/end");

    [Fact]
    public async Task The_table_has_every_form_of_the_pages()
    {
        await using var api = await FleetAsync();

        var posts = AccessTests.Routes.Where(r => r.Data.Item1 == "POST" && r.Data.Item2.StartsWith("/dashboard/", StringComparison.Ordinal) && r.Data.Item2 is not ("/dashboard/login" or "/dashboard/logout"))
            .Select(r => r.Data.Item2).Order(StringComparer.Ordinal);

        var mine = Deeds.Select(d => d.Data.Replace("host.main", "{id}", StringComparison.Ordinal).Replace(Open.Id, "{id}", StringComparison.Ordinal).Replace("0123456789ab", "{id}", StringComparison.Ordinal));
        Assert.Equal(posts, mine.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Without_the_sessions_own_token_or_from_another_site_nothing_is_done(string target)
    {
        await using var api = await FleetAsync();
        var alice = await DashboardSession.OpenAsync(api, ApiSetup.Operator, "alice");
        var bob = await DashboardSession.OpenAsync(api, ApiSetup.Operator, "bob");
        var token = await alice.TokenAsync(Node);
        var before = await StoredAsync(api);

        Assert.Equal(403, (await alice.PostAsync(target, token: null)).Code);
        Assert.Equal(403, (await alice.PostAsync(target, await bob.TokenAsync(Node))).Code);
        Assert.Equal(403, (await alice.PostAsync(target, token![..^1])).Code);
        foreach (var (header, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null") })
        {
            var reply = await alice.PostAsync(target, token, r => r.Headers.TryAddWithoutValidation(header, value));
            Assert.Equal((403, true), (reply.Code, reply.Text.Contains("another site", StringComparison.Ordinal)));
        }

        Assert.Equal(before, await StoredAsync(api));
        Assert.Equal(0, api.Bus.Count);

        if (target.EndsWith("/check", StringComparison.Ordinal))
        {
            return; // It would wait for an agent.
        }

        // With it, from a page of ours, each does something or is refused for what it is about.
        var done = await alice.PostAsync(target, token, r => r.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin"));
        Assert.True(done.Code is 303 or 400 or 404 or 409 or 503, $"{done.Code}: {done.Text}");
    }

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task A_viewer_sees_no_form_and_is_refused(string target)
    {
        await using var api = await FleetAsync();
        var viewer = await DashboardSession.OpenAsync(api, ApiSetup.Viewer);
        var before = await StoredAsync(api);

        foreach (var page in new[] { Node, $"/dashboard/incidents/{Open.Id}", "/dashboard/silences", "/dashboard/agents/host" })
        {
            Assert.Null(await viewer.TokenAsync(page));
        }

        Assert.Equal(403, (await viewer.GetAsync($"{Node}/confirm/restart")).Code);
        Assert.Equal(403, (await viewer.PostAsync(target, token: null)).Code);
        Assert.Equal(before, await StoredAsync(api));
        Assert.Equal(0, api.Bus.Count);
    }

    [Fact]
    public async Task A_restart_is_asked_for_once_more_then_ordered_once_and_followed()
    {
        await using var api = await FleetAsync();
        var alice = await DashboardSession.OpenAsync(api, ApiSetup.Operator, "alice");

        var confirm = await alice.GetAsync($"{Node}/confirm/restart");
        Assert.Contains("Restart <strong>host.main</strong>?", confirm.Text, StringComparison.Ordinal);
        Assert.Contains("SIGKILL follows only when its stop budget is used up", confirm.Text, StringComparison.Ordinal);
        Assert.Contains("may have to be scanned again", confirm.Text, StringComparison.Ordinal);
        Assert.Equal(0, api.Bus.Count);

        var placed = await alice.PostAsync($"{Node}/restart", await alice.TokenAsync($"{Node}/confirm/restart"), null, ("kill_after", "10"));

        Assert.Equal(303, placed.Code);
        var order = (await api.GetAsync(placed.Headers["Location"].Replace("/dashboard", "/api", StringComparison.Ordinal))).Read(ApiJson.Default.OrderView);
        Assert.Equal((OrderVerb.Restart, "host.main", "operator alice", 10_000L), (order.Verb, order.Node, order.By, order.KillAfterMs));
        Assert.Equal(1, api.Bus.Count);
        Assert.Contains("On its way to the agent.", (await alice.GetAsync(placed.Headers["Location"])).Text, StringComparison.Ordinal);
        Assert.Equal(400, (await alice.PostAsync($"{Node}/restart", await alice.TokenAsync(Node), null, ("kill_after", "3601"))).Code);
    }

    [Fact]
    public async Task Every_deed_is_a_line_that_says_who_what_of_whom_from_where_by_which_key_and_how_it_ended()
    {
        await using var api = await FleetAsync();
        var alice = await DashboardSession.OpenAsync(api, ApiSetup.Operator, "alice");
        var token = await alice.TokenAsync(Node);
        await alice.PostAsync($"{Node}/stop", token);
        await alice.PostAsync($"/dashboard/incidents/{Open.Id}/ack", token, null, ("minutes", "60"), ("comment", "the disk"));
        await alice.PostAsync("/dashboard/silences", token, null, ("kind", "maintenance"), ("whom", "host"), ("minutes", "30"));
        await alice.PostAsync("/dashboard/silences", token, null, ("kind", "silence"), ("subject", "host.*"), ("minutes", "30"));
        await alice.PostAsync("/dashboard/silences", token, null, ("kind", "silence"), ("minutes", "30"));
        await api.PostAsync($"/api/incidents/{Open.Id}/resolve", json: """{"by":"bob"}""");
        await alice.PostAsync($"/dashboard/incidents/{Open.Id}/resolve", token);
        await api.PostAsync("/api/agents", json: $$"""{"name":"newcomer","key":{{PublishedKey.Jwk}}}""");
        await api.SendAsync("DELETE", "/api/agents/newcomer", ApiSetup.Operator);

        var audit = (await api.GetAsync("/api/audit")).Read(ApiJson.Default.AuditList).Entries;

        var key = new ApiKey(ApiRole.Operator, ApiSetup.Operator).Fingerprint;
        Assert.Equal(
            [
                ("acknowledge", "host.main", "operator alice", "dashboard"), ("enrol", "newcomer", "operator", "api"), ("maintenance", "monitor", "operator alice", "dashboard"), ("remove the agent", "newcomer", "operator", "api"),
                ("resolve", "host.main", "operator alice", "dashboard"), ("resolve", "host.main", "operator bob", "api"), ("sign in", "monitor", "operator alice", "dashboard"),
                ("silence", "monitor", "operator alice", "dashboard"), ("stop", "host.main", "operator alice", "dashboard"),
            ],
            audit.Select(a => (a.Deed, a.Subject, a.By, a.Door)).Order());
        Assert.All(audit, a => Assert.Equal(("127.0.0.1", key, ApiSetup.Noon), (a.From, a.Key, a.At)));
        Assert.Contains(audit, a => a is { Deed: "resolve", By: "operator alice" } && a.Result!.StartsWith("refused: the incident of host.main is over", StringComparison.Ordinal));
        Assert.Contains(audit, a => a is { Deed: "acknowledge", Result: "done" } && a.Details!.EndsWith("the disk", StringComparison.Ordinal));
        Assert.All(audit, a => Assert.NotNull(a.Result));
        var page = await alice.GetAsync("/dashboard/audit?subject=host.main");
        Assert.Contains("operator bob", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("newcomer", page.Text, StringComparison.Ordinal);
        Assert.All(new[] { ApiSetup.Operator, ApiSetup.Viewer }, secret => Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal));
    }

    /// <summary>Lines of one subject among many of others in its shard: pages go on behind what one call looks through.</summary>
    [Fact]
    public async Task A_line_behind_thousands_of_others_is_found_by_going_on()
    {
        await using var api = await FleetAsync();
        var rows = Enumerable.Range(0, AuditBook.MostLookedThrough + 500).Select(i => Line(i, i == AuditBook.MostLookedThrough + 200 ? "host.main" : "host.other")).ToList();
        foreach (var part in rows.Chunk(100))
        {
            Assert.IsType<CommitResult.Committed>(await api.Table.CommitAsync(part, TestContext.Current.CancellationToken));
        }

        var first = (await api.GetAsync("/api/audit?subject=host.main")).Read(ApiJson.Default.AuditList);
        var viewer = await DashboardSession.OpenAsync(api, ApiSetup.Viewer);
        var page = (await viewer.GetAsync("/dashboard/audit?subject=host.main")).Text;
        var second = (await api.GetAsync($"/api/audit?subject=host.main&before={Uri.EscapeDataString($"{first.Next:O}")}")).Read(ApiJson.Default.AuditList);

        Assert.Empty(first.Entries);
        Assert.DoesNotContain("Nothing was done yet", page, StringComparison.Ordinal);
        Assert.Contains("rel=\"next\"", page, StringComparison.Ordinal);
        Assert.Equal("host.main", Assert.Single(second.Entries).Subject);
        Assert.Null(second.Next);

        static RowChange Line(int i, string subject)
        {
            var view = new AuditView { At = ApiSetup.Noon.AddSeconds(-i), By = "operator", Door = "api", Deed = "check", Subject = subject, Result = "done" };
            return new RowChange.Put(new Row { Key = Keys.Audit("host.main", view.At, $"{i}"), Doc = System.Text.Json.JsonSerializer.Serialize(view, MonitorJson.Default.AuditView) });
        }
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_done()
    {
        await using var api = await FleetAsync();
        var alice = await DashboardSession.OpenAsync(api, ApiSetup.Operator);
        var token = await alice.TokenAsync(Node);
        api.Table.Away = true;

        Assert.Equal(503, (await alice.PostAsync($"{Node}/restart", token)).Code);
        (await api.PostAsync("/api/nodes/host.main/restart")).Problem(503);

        api.Table.Away = false;
        Assert.Equal(0, api.Bus.Count);
        Assert.Empty((await api.GetAsync("/api/nodes/host.main/orders")).Read(ApiJson.Default.OrderList).Orders);
    }

    [Fact]
    public async Task A_flood_of_wrong_keys_is_one_line_a_minute()
    {
        await using var api = await FleetAsync();
        for (var i = 0; i < 300; i++)
        {
            await DashboardTests.LoginAsync(api, "wrong");
        }

        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await DashboardTests.LoginAsync(api, "wrong");

        var audit = (await api.GetAsync("/api/audit")).Read(ApiJson.Default.AuditList).Entries;
        Assert.Equal([1, 300], audit.Select(a => a.Count ?? 0));
        Assert.All(audit, a => Assert.Equal(("sign in", "", null), (a.Deed, a.By, a.Key)));
    }

    [Fact]
    public async Task A_page_that_has_not_changed_says_so_in_a_few_bytes_and_one_that_has_is_another()
    {
        await using var api = await FleetAsync();
        var viewer = await DashboardSession.OpenAsync(api, ApiSetup.Viewer);
        foreach (var target in new[] { "/dashboard", "/dashboard/nodes", Node, "/dashboard/incidents", $"/dashboard/incidents/{Open.Id}", "/dashboard/agents", "/dashboard/silences", "/dashboard/deliveries", "/dashboard/audit" })
        {
            var first = await viewer.GetAsync(target);
            api.Clock.Advance(TimeSpan.FromSeconds(1));
            var again = await viewer.GetAsync(target, first.Headers["ETag"]);
            Assert.Equal((304, "", target), (again.Code, again.Text, target));
        }

        var node = await viewer.GetAsync(Node);
        var stored = await api.Table.FindAsync(Keys.Node(StoredFleet.Id("host.main")), CoreJson.Default.NodeRecord, Cancellation);
        await api.Table.CommitAsync([Documents.Write(Keys.Node(stored!.Value.Id), stored with { Value = stored.Value with { Restarts = 7 } }, CoreJson.Default.NodeRecord)], Cancellation);
        Assert.Equal(200, (await viewer.GetAsync(Node, node.Headers["ETag"])).Code);
    }

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down, Condition.Exited));
        await api.Table.StoreAsync(Open);
        return api;
    }

    /// <summary>All rows but those of sign-ins.</summary>
    private static async Task<string> StoredAsync(ApiUnderTest api)
    {
        var rows = new List<string>();
        foreach (var shard in Shard.All)
        {
            await foreach (var row in api.Table.RangeAsync(shard, KeyRange.All, int.MaxValue, Cancellation))
            {
                rows.Add($"{row.Key} {row.Version} {row.Doc}");
            }
        }

        return string.Join('\n', rows.Where(r => !r.Contains("sign in", StringComparison.Ordinal)));
    }
}
