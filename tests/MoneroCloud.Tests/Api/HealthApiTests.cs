using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary><c>GET /api/health</c>: what it counts, and when it is not 200.</summary>
public sealed class HealthApiTests
{
    private static readonly TimeSpan Cached = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Right_after_the_first_start_without_any_node_it_is_healthy()
    {
        await using var api = await ApiUnderTest.StartAsync();

        var health = await HealthAsync(api, 200);

        Assert.Equal((MonitorStatus.Healthy, 0, ApiSetup.Noon), (health.Status, health.Total, health.CheckedAt));
    }

    [Theory]
    [InlineData(HealthState.Up, 200, MonitorStatus.Healthy)]
    [InlineData(HealthState.Degraded, 200, MonitorStatus.Healthy)]
    [InlineData(HealthState.Disabled, 200, MonitorStatus.Healthy)]
    [InlineData(HealthState.Down, 503, MonitorStatus.Degraded)]
    public async Task A_nodes_state_makes_the_health(HealthState state, int code, MonitorStatus status)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.other"), StoredFleet.Node("host.main", state));
        await api.TickAsync(ApiSetup.Noon);

        var health = await HealthAsync(api, code);

        Assert.Equal(status, health.Status);
        Assert.Equal(state == HealthState.Disabled ? 1 : 2, health.Total);
    }

    [Fact]
    public async Task A_node_may_be_unknown_for_three_periods_and_no_longer()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Unknown, Condition.Starting, ApiSetup.Noon.AddMinutes(2)));
        await api.TickAsync(ApiSetup.Noon); // Unknown since 11:57.
        Assert.Equal((MonitorStatus.Healthy, 1), await HealthAsync(api, 200) is var before ? (before.Status, before.Unknown) : default);

        api.Clock.Advance(Cached);

        Assert.Equal(MonitorStatus.Degraded, (await HealthAsync(api, 503)).Status);
    }

    [Fact]
    public async Task All_nodes_of_a_silent_agent_are_unknown_and_after_three_periods_degraded()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("host.second", HealthState.Down), StoredFleet.Node("other.main"));
        await api.StoreSilentAsync(StoredFleet.Agent("host", null, "main", "second"), ApiSetup.Noon.AddMinutes(-3), 2);
        await api.TickAsync(ApiSetup.Noon);

        var before = await HealthAsync(api, 200);
        Assert.Equal((1, 0, 2, 3), (before.Working, before.Failed, before.Unknown, before.Total));

        api.Clock.Advance(Cached);

        Assert.Equal(MonitorStatus.Degraded, (await HealthAsync(api, 503)).Status);
    }

    [Fact]
    public async Task It_is_stale_when_the_oldest_tick_is_older_than_four_periods_and_stale_wins()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down));
        await api.TickAsync(ApiSetup.Noon.AddMinutes(-4));
        Assert.Equal(MonitorStatus.Degraded, (await HealthAsync(api, 503)).Status);

        api.Clock.Advance(Cached);

        var health = await HealthAsync(api, 503);
        Assert.Equal((MonitorStatus.Stale, "ticks", 1, ApiSetup.Noon.AddMinutes(-4)), (health.Status, health.Reason, health.Failed, health.TickedAt));
    }

    [Fact]
    public async Task A_shard_that_was_never_ticked_is_stale_once_the_monitor_has_run_for_four_periods()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await Summaries.WriteAsync(api.Table, new Shard(3), s => s with { TickedAt = ApiSetup.Noon.AddMinutes(4) }, TestContext.Current.CancellationToken);
        api.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(MonitorStatus.Healthy, (await HealthAsync(api, 200)).Status);

        api.Clock.Advance(Cached);

        Assert.Equal((MonitorStatus.Stale, "ticks"), await HealthAsync(api, 503) is var health ? (health.Status, health.Reason) : default);
    }

    [Fact]
    public async Task Without_the_storage_it_tells_the_last_known_counts_and_the_reason()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        await api.TickAsync(ApiSetup.Noon);
        await HealthAsync(api, 200);
        api.Table.Away = true;
        api.Clock.Advance(Cached);

        var health = await HealthAsync(api, 503);

        Assert.Equal((MonitorStatus.Stale, "storage", 1, ApiSetup.Noon), (health.Status, health.Reason, health.Working, health.CheckedAt));
        Assert.DoesNotContain(AwayTable.Reason, api.Replies[^1].Text, StringComparison.Ordinal);
        Assert.Contains(api.Lines, line => line.Contains(AwayTable.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_storage_from_the_start_it_answers_too()
    {
        await using var api = await ApiUnderTest.StartAsync();
        api.Table.Away = true;

        Assert.Equal((MonitorStatus.Stale, "storage", (DateTimeOffset?)null), await HealthAsync(api, 503) is var health ? (health.Status, health.Reason, health.CheckedAt) : default);
    }

    [Fact]
    public async Task It_is_read_once_in_five_seconds_however_many_ask()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HealthAsync(api, 200)));
        Assert.Equal(17, api.Table.Reads);

        api.Clock.Advance(Cached);
        await HealthAsync(api, 200);

        Assert.Equal(34, api.Table.Reads);
    }

    [Fact]
    public async Task A_configuration_that_could_not_be_read_is_told_and_changes_no_status()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { ConfigurationFailed = true });

        Assert.Equal((MonitorStatus.Healthy, "configuration"), await HealthAsync(api, 200) is var health ? (health.Status, health.Reason) : default);
    }

    [Fact]
    public async Task More_rows_than_are_read_are_told_as_truncated()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var shard = new Shard(5);
        var rows = Enumerable.Range(0, FleetCountsReader.MostRows + 1)
            .Select(i => new RowChange.Put(new Row { Key = new RowKey(shard, $"{Keys.NotUp}host.n{i:d4}"), Doc = """{"state":"Down","since":"2026-01-15T11:00:00+00:00"}""" }));
        foreach (var part in rows.Chunk(CommitBounds.MaxRows))
        {
            await api.Table.CommitAsync(part, TestContext.Current.CancellationToken);
        }

        var health = await HealthAsync(api, 503);

        Assert.Equal((true, FleetCountsReader.MostRows), (health.Truncated, health.Failed));
    }

    private static async Task<HealthView> HealthAsync(ApiUnderTest api, int code) =>
        (await api.GetAsync("/api/health", key: null)).Read(ApiJson.Default.HealthView, code);
}
