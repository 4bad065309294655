using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Uptime and roll-ups over HTTP.</summary>
public sealed class PastApiTests
{
    [Fact]
    public async Task Pages_of_hours_give_each_hour_once_the_newest_first()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var node = StoredFleet.Id("host.main");
        await api.StoreAsync(StoredFleet.Node("host.main") with { Health = Health.Unseen(ApiSetup.Noon) });
        await api.RollupsAsync(node, RollupSpan.Hour, [.. Enumerable.Range(1, 30).Select(i => Hour(ApiSetup.Noon.AddHours(-i), i))]);
        using var client = Client(api);

        var read = new List<RollupView>();
        DateTimeOffset? before = null;
        var pages = 0;
        do
        {
            var page = Got(await client.RollupsAsync("main", RollupSpan.Hour, ApiSetup.Noon.AddHours(-30), before, 7, TestContext.Current.CancellationToken));
            read.AddRange(page.Rollups);
            (before, pages) = (page.Next, pages + 1);
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(1, 30).Select(i => (ApiSetup.Noon.AddHours(-i), (long)i)), read.Select(r => (r.From, r.Checks)));
        Assert.Equal(5, pages);
    }

    /// <summary>A gap is as unknown on whatever page it is, and what nothing is known of has no pages.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task Hours_of_which_nothing_is_known_are_there_between_others_whatever_the_pages_and_none_are_before_the_first(int limit)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main") with { Health = Health.Unseen(ApiSetup.Noon) });
        await api.RollupsAsync(StoredFleet.Id("host.main"), RollupSpan.Hour, [.. Enumerable.Range(1, 3).Concat([24, 25]).Select(i => Hour(ApiSetup.Noon.AddHours(-i), i))]);
        using var client = Client(api);

        var read = new List<RollupView>();
        var pages = 0;
        for (DateTimeOffset? before = ApiSetup.Noon; before is not null; pages++)
        {
            var page = Got(await client.RollupsAsync("host.main", RollupSpan.Hour, null, before, limit, TestContext.Current.CancellationToken));
            read.AddRange(page.Rollups);
            before = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(i => (ApiSetup.Noon.AddHours(-i), i is <= 3 or >= 24 ? (long)i : 0)), read.Select(r => (r.From, r.Checks)));
        Assert.Equal((25 + limit - 1) / limit, pages);
    }

    /// <summary>Whoever edits a row by hand takes no other hour of its day away.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("""{"start":9223372036854775807,"began":0}""")]
    [InlineData("""{"start":-9223372036854775808,"began":0}""")]
    public async Task A_part_that_is_no_hour_hides_no_other(string part)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main") with { Health = Health.Unseen(ApiSetup.Noon) });
        await api.RollupsAsync(StoredFleet.Id("host.main"), RollupSpan.Hour, Hour(ApiSetup.Noon.AddHours(-2), 5));
        var row = RollupRows.HoursOf(StoredFleet.Id("host.main"), Hour(ApiSetup.Noon.AddHours(-2), 5));
        Assert.IsType<CommitResult.Committed>(await api.Monitor.Table.CommitAsync([new RowChange.Merge(row, ImmutableSortedDictionary<string, string>.Empty.Add("h00", part))], TestContext.Current.CancellationToken));
        using var client = Client(api);

        var page = Got(await client.RollupsAsync("host.main", RollupSpan.Hour, ApiSetup.Noon.AddHours(-5), null, 10, TestContext.Current.CancellationToken));

        Assert.Equal(5, page.Rollups.Sum(r => r.Checks));
        Assert.Equal(200, (await api.GetAsync("/dashboard/nodes/host.main")).Code);
    }

    [Fact]
    public async Task An_hour_that_was_summed_up_in_parts_is_one()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        var hour = Hour(ApiSetup.Noon.AddHours(-1), 5);
        await api.RollupsAsync(StoredFleet.Id("host.main"), RollupSpan.Hour, hour, hour with { Began = hour.Began + 1 });

        var page = (await api.GetAsync("/api/nodes/host.main/rollups?since=2026-01-15T11:00:00Z")).Read(ApiJson.Default.RollupList);

        Assert.Equal(10, Assert.Single(page.Rollups).Checks);
    }

    [Theory]
    [InlineData("uptime?since=yesterday", "since is yesterday: a time such as 2026-01-31T12:00:00Z, from 1970 on")]
    [InlineData("uptime?until=0001-01-01T00:00:00Z", "until is 0001-01-01T00:00:00Z: a time such as 2026-01-31T12:00:00Z, from 1970 on")]
    [InlineData("rollups?before=0001-01-01T00:00:00Z", "before is 0001-01-01T00:00:00Z: a time such as 2026-01-31T12:00:00Z, from 1970 on")]
    [InlineData("rollups?before=0001-02-01T00:00:00Z&limit=1000&span=day", "before is 0001-02-01T00:00:00Z: a time such as 2026-01-31T12:00:00Z, from 1970 on")]
    [InlineData("uptime?since=2026-01-15T12:00:00Z", "since has to be before until, and before the present")]
    [InlineData("uptime?since=2026-01-15T11:00:00Z&until=2026-01-15T10:00:00Z", "since has to be before until, and before the present")]
    [InlineData("uptime?since=2000-01-15T11:00:00Z", "since is too long ago: 3700 days at most")]
    [InlineData("uptime?slices=1001", "slices is 1001: a number from 0 to 1000")]
    [InlineData("uptime?from=x", "from is no parameter here: since, until, slices")]
    [InlineData("rollups?span=week", "span is week: one of Hour, Day")]
    [InlineData("rollups?limit=0", "limit is 0: a number from 1 to 1000")]
    [InlineData("rollups?before=x", "before is x: a time such as 2026-01-31T12:00:00Z, from 1970 on")]
    public async Task What_is_out_of_bounds_is_refused(string target, string detail)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));

        var reply = await api.GetAsync($"/api/nodes/host.main/{target}");

        Assert.Equal(detail, reply.Problem(400));
    }

    [Theory]
    [InlineData("uptime?since=1969-12-31T00:00:00Z&until=1970-01-01T00:00:00Z", 400)]
    [InlineData("uptime?since=1970-01-01T00:00:00Z&until=1970-01-02T00:00:00Z", 200)]
    [InlineData("rollups?before=1970-01-01T00:00:00Z&limit=1000&span=day", 200)]
    [InlineData("rollups?since=9999-12-31T23:59:59Z", 200)]
    [InlineData("rollups?before=9999-12-31T23:59:59.9999999Z&limit=1000&span=day", 200)]
    [InlineData("uptime?until=9999-12-31T23:59:59.9999999Z", 200)]
    public async Task The_first_and_the_last_times_that_there_are_make_no_fault(string target, int code)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));

        Assert.Equal(code, (await api.GetAsync($"/api/nodes/host.main/{target}")).Code);
    }

    [Theory]
    [InlineData("host.nobody", 404)]
    [InlineData("nobody", 404)]
    [InlineData("main", 409)]
    public async Task Nodes_are_found_as_everywhere(string node, int code)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("other.main"));

        Assert.Equal(code, (await api.GetAsync($"/api/nodes/{node}/uptime")).Code);
        Assert.Equal(code, (await api.GetAsync($"/api/nodes/{node}/rollups")).Code);
    }

    [Fact]
    public async Task The_longest_that_may_be_asked_for_is_answered()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        using var client = Client(api);

        var uptime = Got(await client.UptimeAsync("host.main", ApiSetup.Noon.AddDays(-3_700), null, 1_000, TestContext.Current.CancellationToken));
        Assert.Equal(1_000, uptime.Slices!.Value.Length);
        Assert.Equal(300, uptime.UpSeconds); // Up for 5 min; before that nobody knows.

        var days = Got(await client.RollupsAsync("host.main", RollupSpan.Day, null, null, 1_000, TestContext.Current.CancellationToken));
        Assert.Equal((1, null), (days.Rollups.Length, days.Next));
        Assert.Empty(Got(await client.RollupsAsync("host.main", RollupSpan.Day, ApiSetup.Noon.AddDays(1), null, 1_000, TestContext.Current.CancellationToken)).Rollups);
    }

    private static RollupBucket Hour(DateTimeOffset from, int checks) => new()
    {
        Start = from.ToUnixTimeSeconds(),
        Began = from.ToUnixTimeMilliseconds(),
        Checks = new CheckTally { Up = checks },
    };

    private static MonitorClient Client(ApiUnderTest api) =>
        new(new MonitorTarget { Address = api.Address, Key = MonitorKey.TryParse(ApiSetup.Viewer, out var key) ? key : null });

    private static T Got<T>(MonitorReply<T> reply)
        where T : class => Assert.IsType<MonitorReply<T>.Got>(reply).Value;
}
