using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>That a node is down is routed before that it works again, however many are due and whatever their keys are.</summary>
public sealed class RoutingOrderTests : IDisposable
{
    private const int Nodes = 150;
    private static readonly Shard Shard = new(3);

    private readonly MonitorRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_hundreds_in_one_shard_that_failed_and_recovered_each_is_told_with_its_end()
    {
        var subjects = Subjects(Nodes);
        foreach (var (subject, i) in subjects.Select((s, i) => (s, i)))
        {
            await StoreAsync(subject, i);
        }

        await new Dispatcher(_rig.NewMonitor()).DispatchDueAsync([Shard], Cancellation);

        Assert.Empty(await _rig.RowsAsync(Keys.AllUnrouted));
        Assert.Empty(await _rig.RowsAsync(Keys.AllDeliveries)); // Nothing was hidden.
        Assert.Equal(2 * Nodes, (await RoutedAsync()).Count);
    }

    [Fact]
    public async Task An_end_waits_for_the_next_run_where_its_failure_lost_too_many_races()
    {
        var subject = Subjects(1)[0];
        await StoreAsync(subject, 0);
        var down = Keys.Unrouted(subject, IdOf(AlertKind.Down, 0));
        _rig.Table = new LosingTable(_rig.Table, (key, commit) => key == down && commit <= 3);

        await new Dispatcher(_rig.NewMonitor()).DispatchDueAsync([Shard], Cancellation);
        Assert.Equal(2, (await _rig.RowsAsync(Keys.AllUnrouted)).Count);

        await new Dispatcher(_rig.NewMonitor()).DispatchDueAsync([Shard], Cancellation);
        Assert.Equal([AlertKind.Recovered, AlertKind.Down], await RoutedAsync()); // By key.
    }

    public void Dispose() => _rig.Dispose();

    private static List<string> Subjects(int most) => [.. Enumerable.Range(0, 10_000).Select(i => $"home.n{i}").Where(s => Shard.Of(s) == Shard).Take(most)];

    /// <summary>All ends come first by their keys.</summary>
    private static string IdOf(AlertKind kind, int number) => $"{(kind == AlertKind.Down ? 'f' : '0')}{number:x23}";

    /// <summary>It was down and works again, before anybody came to route either.</summary>
    private async Task StoreAsync(string subject, int number)
    {
        var incident = StoredIncidents.Resolved(subject, minutesAgo: 10) with { ToldAt = null, ToldTo = [] };
        await _rig.Table.StoreAsync(incident);
        foreach (var (kind, at) in new[] { (AlertKind.Down, incident.OpenedAt), (AlertKind.Recovered, incident.ResolvedAt!.Value) })
        {
            var alert = SomeAlerts.Of(subject, kind) with { Id = IdOf(kind, number), At = at, Due = Given.Now, Incident = incident.Id };
            await _rig.Table.CommitAsync([AlertRows.Stored(alert)], Cancellation);
        }
    }

    private async Task<List<AlertKind>> RoutedAsync() =>
        [.. (await _rig.RowsAsync(Keys.AllLedger)).Select(r => Documents.Read(r, MonitorJson.Default.OutboxItem).Value.Alert!.Kind)];
}
