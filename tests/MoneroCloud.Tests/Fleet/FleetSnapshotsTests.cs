using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The fleet in memory: read once however many ask, and never older than it says.</summary>
public sealed class FleetSnapshotsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_ask_at_once_have_it_read_once_and_see_nodes_agents_counts_and_incidents()
    {
        await using var api = await FleetAsync();
        var snapshots = new FleetSnapshots(api.Monitor);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => snapshots.GetAsync())).WaitAsync(Cancellation);

        Assert.All(all, s => Assert.Same(all[0], s));
        Assert.Equal(["host.main", "host.second"], all[0].Nodes.Select(n => n.View.Id));
        Assert.Equal(new NodeCounts(1, 0, 1, 0), all[0].Counts);
        Assert.Equal("host", Assert.Single(all[0].Agents).View.Name);
        Assert.Equal(ApiSetup.Noon, all[0].ReadAt);
    }

    [Fact]
    public async Task It_is_served_for_three_seconds_then_the_old_one_while_the_next_is_read_and_never_one_that_is_too_old()
    {
        await using var api = await FleetAsync();
        var snapshots = new FleetSnapshots(api.Monitor);
        var first = await snapshots.GetAsync();
        await api.StoreAsync(StoredFleet.Node("host.third"));

        api.Clock.Advance(KeptReading<FleetSnapshot>.KeptFor - TimeSpan.FromMilliseconds(1));
        Assert.Same(first, await snapshots.GetAsync());
        api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Same(first, await snapshots.GetAsync());
        var next = await UntilAnotherAsync(snapshots, first);
        Assert.Equal(3, next.Nodes.Length);

        await api.StoreAsync(StoredFleet.Node("host.fourth"));
        api.Clock.Advance(KeptReading<FleetSnapshot>.KeptFor + KeptReading<FleetSnapshot>.Longest);
        Assert.Equal(4, (await snapshots.GetAsync()).Nodes.Length);
    }

    [Fact]
    public async Task While_the_storage_is_away_the_last_one_is_served_until_it_is_too_old_and_then_it_is_said()
    {
        await using var api = await FleetAsync();
        var snapshots = new FleetSnapshots(api.Monitor);
        var first = await snapshots.GetAsync();
        api.Table.Away = true;

        api.Clock.Advance(KeptReading<FleetSnapshot>.KeptFor);
        Assert.Same(first, await snapshots.GetAsync());
        api.Clock.Advance(KeptReading<FleetSnapshot>.Longest);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => snapshots.GetAsync());

        api.Table.Away = false;
        Assert.NotSame(first, await snapshots.GetAsync());
    }

    [Fact]
    public async Task Who_has_changed_something_sees_it()
    {
        await using var api = await FleetAsync();
        var snapshots = new FleetSnapshots(api.Monitor);
        await snapshots.GetAsync();
        await api.StoreAsync(StoredFleet.Node("host.third"));

        snapshots.Forget();

        Assert.Equal(3, (await snapshots.GetAsync()).Nodes.Length);
    }

    [Fact]
    public async Task Incidents_are_read_once_however_many_ask_each_in_one_list_and_anew_for_who_has_changed_something()
    {
        await using var api = await FleetAsync();
        var (main, second) = (StoredIncidents.Open("host.main", 10), StoredIncidents.Open("host.second", 20));
        await api.Table.StoreAsync(main, second);
        var snapshots = new FleetSnapshots(api.Monitor);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => snapshots.IncidentsAsync())).WaitAsync(Cancellation);
        Assert.All(all, r => Assert.Same(all[0], r));
        Assert.Equal([main.Id, second.Id], all[0].Open.Select(i => i.Id));
        Assert.Empty(all[0].Resolved);

        await api.Table.StoreAsync(StoredIncidents.Resolved("host.third", 60));
        Assert.Same(all[0], await snapshots.IncidentsAsync());
        snapshots.Forget();
        Assert.Equal("host.third", Assert.Single((await snapshots.IncidentsAsync()).Resolved).Subject);
    }

    [Fact]
    public void An_incident_that_ends_while_both_lists_are_read_is_in_one_of_them()
    {
        var open = StoredIncidents.Open("host.main", 10);
        var fleet = FleetSnapshot.Of([], new Dictionary<NodeName, AgentRecord>(), new IncidentListing([open], Truncated: false), [], new MonitorPolicy(), ApiSetup.Noon);

        var read = FleetIncidents.Of(fleet, new IncidentListing([open with { State = IncidentState.Resolved }], Truncated: false));

        Assert.Empty(read.Open);
        Assert.Equal(open.Id, Assert.Single(read.Resolved).Id);
    }

    private static async Task<FleetSnapshot> UntilAnotherAsync(FleetSnapshots snapshots, FleetSnapshot first)
    {
        while (await snapshots.GetAsync() is var next)
        {
            if (!ReferenceEquals(next, first))
            {
                return next;
            }

            await Task.Yield();
        }

        throw new InvalidOperationException("it is never null");
    }

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "second"));
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("host.second", HealthState.Down, Condition.Exited));
        return api;
    }
}
