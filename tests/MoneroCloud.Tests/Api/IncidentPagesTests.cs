using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The pages that alerts lead to.</summary>
public sealed class IncidentPagesTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&\u202e\u001b[2J";

    private static readonly Incident Open = StoredIncidents.Open("host.main", 10);
    private static readonly Incident Over = StoredIncidents.Resolved("host.second", 60);

    [Fact]
    public async Task An_incident_says_what_is_wrong_since_when_who_sees_to_it_and_what_holds_its_alerts_back()
    {
        await using var api = await StartAsync(Open with
        {
            Acknowledged = new Acknowledgement("operator alice", ApiSetup.Noon, ApiSetup.Noon.AddHours(4), "the disk"),
            Held = new Hold("maintenance 0123456789ab", ApiSetup.Noon, ApiSetup.Noon.AddHours(1)),
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("zone", "eu"),
        });

        var page = await api.GetAsync($"/dashboard/incidents/{Open.Id}");

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Code, page.ContentType));
        Assert.Equal(DashboardTests.Policy, page.Headers["Content-Security-Policy"]);
        foreach (var text in new[]
        {
            "<h1 id=\"title\">host.main is Down: Exited</h1>", "<span class=\"badge Critical\">", "2026-01-15 11:50:00 UTC, 10 min", "by operator alice until 2026-01-15 16:00:00 UTC: the disk",
            "held back by maintenance 0123456789ab since 2026-01-15 12:00:00 UTC, until 2026-01-15 13:00:00 UTC", "last at 2026-01-15 11:50:30 UTC over log", "zone=eu",
            "opened: host.main is Down: Exited",
        })
        {
            Assert.Contains(text, page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_has_those_that_are_open_and_the_last_that_are_over_and_the_fleet_leads_there()
    {
        await using var api = await StartAsync(Open, Over);
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down, Condition.Exited));

        var list = (await api.GetAsync("/dashboard/incidents")).Text;
        var fleet = (await api.GetAsync("/dashboard")).Text;

        var link = $"<a href=\"/dashboard/incidents/{Open.Id}\">host.main is Down: Exited</a>";
        Assert.Contains(link, list, StringComparison.Ordinal);
        Assert.Contains("1 incident is open.", list, StringComparison.Ordinal);
        Assert.Contains("resolved 2026-01-15 11:01:00 UTC", list, StringComparison.Ordinal);
        Assert.Contains(link, fleet, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/dashboard/nodes/host.main\">host.main</a>", fleet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_ours_is_escaped_wherever_it_stands()
    {
        var evil = Open with
        {
            Title = Hostile,
            Text = Hostile,
            Causes = [Hostile],
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add(Hostile, Hostile),
            ToldTo = [Hostile],
            Acknowledged = new Acknowledgement(Hostile, ApiSetup.Noon, ApiSetup.Noon.AddHours(4), Hostile),
            Held = new Hold(Hostile, ApiSetup.Noon, null),
            Actions = [new IncidentAction(ApiSetup.Noon, IncidentActionKind.Opened, Hostile, Hostile)],
        };
        await using var api = await StartAsync(evil);
        await api.Table.HistoryAsync("host.main", new HistoryEntry { At = ApiSetup.Noon, Place = "1.1", Fact = new NodeFact.SpawnFailed(Hostile) });
        await api.Table.DeliveredAsync(StoredIncidents.Delivery(StoredIncidents.Alert(evil, 1), Hostile) with { Receipt = Hostile });

        foreach (var target in new[] { "/dashboard/incidents", $"/dashboard/incidents/{Open.Id}" })
        {
            var page = (await api.GetAsync(target)).Text;
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;", page, StringComparison.Ordinal);
            Assert.Equal(1, page.Split("<script").Length - 1);
            Assert.DoesNotContain('\u202e', page);
            Assert.DoesNotContain("&#x202E;", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u001b', page);
        }

        Assert.InRange((await api.GetAsync($"/dashboard/incidents/{Open.Id}")).Text.Split("&lt;script&gt;").Length, 14, 30);
    }

    [Fact]
    public async Task Who_follows_a_link_without_a_session_gets_there_after_the_form()
    {
        await using var api = await StartAsync(Open);
        var target = $"/dashboard/incidents/{Open.Id}";

        var form = await api.GetAsync(target, key: null);
        Assert.Contains($"<input type=\"hidden\" name=\"place\" value=\"{target}\"", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("host.main", form.Text, StringComparison.Ordinal);

        var login = await LoginAsync(api, target);
        Assert.Equal((303, target), (login.Code, login.Headers["Location"]));
        var page = await api.SendAsync("GET", target, key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", login.Headers["Set-Cookie"].Split(';')[0]));
        Assert.Contains("host.main is Down", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/dashboard/incidents/../../x")]
    [InlineData("/dashboard/incidents/\"><script>")]
    [InlineData("/dashboard/incidents//x")]
    [InlineData("/dashboard/login")]
    [InlineData("/dashboardx")]
    public async Task A_form_leads_to_no_place_but_our_own(string place)
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal("/dashboard", (await LoginAsync(api, place)).Headers["Location"]);
    }

    [Fact]
    public async Task One_that_is_not_there_is_a_page_that_says_so()
    {
        await using var api = await StartAsync(Open);

        foreach (var id in new[] { new string('0', 25), "%3Cscript%3E" })
        {
            var page = await api.GetAsync($"/dashboard/incidents/{id}");
            Assert.Equal((404, "text/html; charset=utf-8"), (page.Code, page.ContentType));
            Assert.Contains("No incident has this id", page.Text, StringComparison.Ordinal);
            Assert.Equal(1, page.Text.Split("<script").Length - 1);
        }
    }

    [Fact]
    public async Task A_wrong_key_opens_no_page()
    {
        await using var api = await StartAsync(Open);

        (await api.GetAsync("/dashboard/incidents", ApiSetup.Viewer + "x")).Problem(401);
    }

    private static async Task<ApiUnderTest> StartAsync(params Incident[] incidents)
    {
        var api = await ApiUnderTest.StartAsync();
        await api.Table.StoreAsync(incidents);
        return api;
    }

    private static Task<ApiReply> LoginAsync(ApiUnderTest api, string place) => api.SendAsync("POST", "/dashboard/login", key: null, change: r =>
        r.Content = new FormUrlEncodedContent([KeyValuePair.Create("key", ApiSetup.Viewer), KeyValuePair.Create("place", place)]));
}
