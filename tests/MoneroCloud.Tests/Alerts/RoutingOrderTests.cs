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

        var table = new LosingTable(_rig.Table, (_, _) => false);
        _rig.Table = table;
        await new Dispatcher(_rig.NewMonitor()).DispatchDueAsync([Shard], Cancellation);

        Assert.Empty(await _rig.RowsAsync(Keys.AllUnrouted));
        Assert.Empty(await _rig.RowsAsync(Keys.AllDeliveries)); // Nothing was hidden.
        Assert.Equal(2 * Nodes, (await RoutedAsync()).Count);

        // An alert's own row, the one of its channel and its incident's; and a few commits for the channel.
        Assert.InRange(table.Committed.Count, 2 * Nodes / AlertRouter.MostTogether, (2 * Nodes / AlertRouter.MostTogether) + 6);
    }

    /// <summary>Those of one shard are decided together, and yet each for itself.</summary>
    [Fact]
    public async Task One_that_loses_its_races_or_cannot_be_read_holds_up_no_other()
    {
        var subjects = Subjects(40);
        foreach (var (subject, i) in subjects.Select((s, i) => (s, i)))
        {
            await StoreAsync(subject, i);
        }

        var (raced, garbled) = (Keys.Unrouted(subjects[7], IdOf(AlertKind.Down, 7)), StoredIncidents.Resolved(subjects[9], minutesAgo: 10));
        await _rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.ClosedIncident(garbled), Doc = "{" })], Cancellation);
        _rig.Table = new LosingTable(_rig.Table, (key, _) => key == raced);

        await new Dispatcher(_rig.NewMonitor()).DispatchDueAsync([Shard], Cancellation);

        Assert.Equal(
            new[] { 7, 9 }.SelectMany(i => new[] { AlertKind.Down, AlertKind.Recovered }.Select(k => Keys.Unrouted(subjects[i], IdOf(k, i)).Key)).Order(StringComparer.Ordinal),
            (await _rig.RowsAsync(Keys.AllUnrouted)).Select(r => r.Key.Key).Order(StringComparer.Ordinal));
        Assert.Equal(2 * 38, (await RoutedAsync()).Count);
    }

    /// <summary>Most have one that is open: those are read as one range, and only who lost a race reads his again.</summary>
    [Fact]
    public async Task Many_that_failed_read_the_incidents_of_their_shard_at_once()
    {
        var subjects = Subjects(40);
        foreach (var (subject, i) in subjects.Select((s, i) => (s, i)))
        {
            var open = StoredIncidents.Open(subject, minutesAgo: 10) with { ToldAt = null, ToldTo = [] };
            await _rig.Table.StoreAsync(open);
            await _rig.Table.CommitAsync([AlertRows.Stored(SomeAlerts.Of(subject, AlertKind.Down) with { Id = IdOf(AlertKind.Down, i), At = open.OpenedAt, Due = Given.Now, Incident = open.Id })], Cancellation);
        }

        var counter = new PrefixCounter(_rig.Table, Keys.OpenIncidents);
        _rig.Table = new LosingTable(counter, (key, nth) => key == Keys.OpenIncident(subjects[3]) && nth == 1);

        await new Dispatcher(_rig.NewMonitor()).DispatchDueAsync([Shard], Cancellation);

        Assert.Equal((1, 1), counter.Counted);
        Assert.Equal(40, (await RoutedAsync()).Count);
        Assert.All(await _rig.RowsAsync(Keys.OpenIncidents), r => Assert.NotNull(Documents.Read(r, CoreJson.Default.Incident).Value.ToldAt));
    }

    /// <summary>Orders need the bus; to decide who is told needs none. A bus that is slow takes them until the invocation has no time left.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_that_the_bus_does_not_take_holds_up_no_alert(bool slow)
    {
        var wish = new OrderWish(MonitorRig.Home, NodeName.Parse("main-node"), OrderVerb.Restart, "operator");
        _rig.Bus.Answer = _ => new BusSend.NotNow("away", TimeSpan.Zero);
        var monitor = _rig.NewMonitor() with { Time = new StoppedTimers(_rig.Time) }; // Its own timers must not move the rig's clock on.
        var order = await new OrderPlacing(monitor, new Dispatcher(monitor)).PlaceAsync(wish, Cancellation);
        var way = Keys.OrderOnItsWay(order.Order.Id)!.Value;
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        var subject = Enumerable.Range(0, 10_000).Select(i => $"home.n{i}").First(s => Shard.Of(s) == way.Shard);
        await StoreAsync(subject, 0);

        using var end = new CancellationTokenSource();
        _rig.Bus.Answer = queue => slow && queue == Names.CommandsQueue("home") ? Late() : new BusSend.NotNow("away", TimeSpan.Zero);
        var dispatch = new Dispatcher(_rig.NewMonitor()).DispatchDueAsync([way.Shard], end.Token);
        await (slow ? Assert.ThrowsAnyAsync<OperationCanceledException>(() => dispatch) : dispatch);

        Assert.Equal(2, (await _rig.Table.FindAsync(way, MonitorJson.Default.OutboxItem, Cancellation))!.Value.Attempt);
        Assert.Equal([AlertKind.Recovered, AlertKind.Down], await RoutedAsync());

        BusSend Late()
        {
            end.Cancel();
            throw new OperationCanceledException(end.Token);
        }
    }

    [Fact]
    public async Task An_end_waits_for_the_next_run_where_its_failure_lost_too_many_races()
    {
        var subject = Subjects(1)[0];
        await StoreAsync(subject, 0);
        var down = Keys.Unrouted(subject, IdOf(AlertKind.Down, 0));
        _rig.Table = new LosingTable(_rig.Table, (key, commit) => key == down && commit <= BatchWriter.MaxRaces);

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
