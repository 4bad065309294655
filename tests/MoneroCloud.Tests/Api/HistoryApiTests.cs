using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>History by pages, newest first.</summary>
public sealed class HistoryApiTests
{
    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_and_give_each_entry_once()
    {
        await using var api = await ApiUnderTest.StartAsync();

        // Two of one moment, of both clocks: the place tells them apart.
        var entries = Enumerable.Range(0, 23).Select(i => Entry(ApiSetup.Noon.AddSeconds(-(i / 2)), $"1.{100 - i}")).ToArray();
        await api.HistoryAsync("host.main", entries);
        await api.HistoryAsync("host.main-2", Entry(ApiSetup.Noon, "1.999"));

        var read = new List<HistoryEntry>();
        string? before = null;
        do
        {
            var page = (await api.GetAsync($"/api/nodes/host.main/history?limit=4{(before is null ? "" : $"&before={before}")}")).Read(ApiJson.Default.HistoryView);
            Assert.Equal("host.main", page.Subject);
            read.AddRange(page.Entries);
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(entries.Select(e => e.Place).Order(), read.Select(e => e.Place).Order());
        Assert.Equal(read.Select(e => e.At).OrderDescending(), read.Select(e => e.At));
    }

    [Fact]
    public async Task A_time_is_a_place_too_and_what_happened_then_is_not_before_it()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.HistoryAsync("host.main", Entry(ApiSetup.Noon, "1.3"), Entry(ApiSetup.Noon.AddSeconds(-1), "1.2"), Entry(ApiSetup.Noon.AddSeconds(-2), "1.1"));

        var page = (await api.GetAsync("/api/nodes/host.main/history?before=2026-01-15T12:00:00Z")).Read(ApiJson.Default.HistoryView);

        Assert.Equal(["1.2", "1.1"], page.Entries.Select(e => e.Place));
    }

    [Fact]
    public async Task What_is_gone_still_has_its_history_and_an_agent_has_one()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.HistoryAsync("host.gone", Entry(ApiSetup.Noon, "1.1"));
        await api.HistoryAsync("host", Entry(ApiSetup.Noon, "1.2"));

        Assert.Single((await api.GetAsync("/api/nodes/host.gone/history")).Read(ApiJson.Default.HistoryView).Entries);
        Assert.Single((await api.GetAsync("/api/agents/host/history")).Read(ApiJson.Default.HistoryView).Entries);
    }

    [Fact]
    public async Task A_node_without_history_has_an_empty_one_and_no_node_has_none()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));

        Assert.Empty((await api.GetAsync("/api/nodes/main/history")).Read(ApiJson.Default.HistoryView).Entries);
        (await api.GetAsync("/api/nodes/host.nobody/history")).Problem(404);
        (await api.GetAsync("/api/nodes/nobody/history")).Problem(404);
        (await api.GetAsync("/api/agents/nobody/history")).Problem(404);
        (await api.GetAsync("/api/agents/NO%20BODY/history")).Problem(404);
    }

    [Theory]
    [InlineData("limit=501", "limit is 501: a number from 1 to 500")]
    [InlineData("before=yesterday", "before is yesterday: a time such as 2026-01-31T12:00:00Z, or what the page before gave as next")]
    [InlineData("before=0000000000000000000~%7c", "before is 0000000000000000000~|: a time such as 2026-01-31T12:00:00Z, or what the page before gave as next")]
    public async Task Parameters_are_bounded(string query, string detail)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));

        Assert.Equal(detail, (await api.GetAsync($"/api/nodes/host.main/history?{query}")).Problem(400));
    }

    private static HistoryEntry Entry(DateTimeOffset at, string place) => new() { At = at, Place = place, Fact = new NodeFact.Spawned(1) };
}
