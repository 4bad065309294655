using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.EndToEnd.Tests.Storage;
using MoneroCloud.MortalMonitor;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Two handlers over one table that get the same messages and the same requests at the same time, as when the platform scales out or delivers twice.</summary>
public sealed class TwoHandlersTests(AzuriteFixture fixture, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Rounds = 12;
    private const int Orders = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_update_is_lost_and_each_alert_is_told_once_and_each_order_sent_once()
    {
        await using var run = await HandlersRun.StartAsync(fixture.Azurite, "both", "MoneroCloud.Functions", Cancellation);
        await run.LiveAsync(Rounds);
        var messages = await run.OrderAsync(Orders, Rounds);
        var story = await run.EndAsync();

        var events = run.Agent.Events;
        Assert.Equal(Facts(events), Facts(story));
        Assert.All(run.Agent.LastEvents, last => Assert.Equal(last.Value, story.Nodes[last.Key].LastEvent));
        Assert.Equal(((Rounds + (Orders / 2)) * HomeStory.AlertsOfARound) + 1, story.Deliveries.Count);
        Assert.Equal(story.Deliveries.Select(d => d.Alert.Id).Order(StringComparer.Ordinal), run.Told.Keys.Order(StringComparer.Ordinal));
        Assert.All(run.Told, told => Assert.Equal(1, told.Value));
        Assert.Equal(0, story.Deliveries.Sum(d => d.LostClaims));

        // Each request is an order of its own, sent once by whichever saw it first; a process that was restarted by one is not restarted by the other.
        Assert.Equal(2 * Orders, story.Orders.Count);
        Assert.All(story.Orders, o => Assert.Equal([$"{o.Order.Id}:1"], messages[o.Order.Id]));
        Assert.All(story.Orders, o => Assert.Equal((OrderState.Ended, 1), (o.State, o.Attempts)));
        var done = story.Orders.Where(o => o.Outcome!.Result == OutcomeResult.Done).Select(o => o.Order.Identity).ToList();
        Assert.NotEmpty(done);
        Assert.Equal(done.Count, done.Distinct().Count());
        output.WriteLine($"{events.Length} events in {run.Agent.Reports} reports to both: {Facts(story).Count} facts stored; {run.Told.Count} alerts, none twice; {story.Orders.Count} orders, {run.Sweeps} sweeps beside them, {done.Count} restarts");
    }

    [Fact]
    [Trait("Tier", "soak")]
    public async Task A_table_that_replaces_whatever_is_there_is_noticed()
    {
        await using var run = await HandlersRun.StartAsync(fixture.Azurite, "blind", "MoneroCloud.MortalMonitor", Cancellation, (MortalVariables.Defect, MortalVariables.Blind));
        await run.LiveAsync(Rounds / 2);
        await run.UntilAsync(() => Task.FromResult(run.Told.Values.Any(n => n > 1)), "an alert is told twice");
    }

    private static List<string> Facts(ImmutableArray<NodeEvent> events) =>
        [.. events.Where(e => e.Node is not null && e.Fact is not NodeFact.Observed).Select(e => $"{e.Node} {e.Position} {e.At:O}").Order(StringComparer.Ordinal)];

    private static List<string> Facts(StoredStory story) =>
        [.. story.History.Where(h => h.Entry.Fact is not null).Select(h => $"{h.Node} {h.Entry.Place} {h.Entry.At:O}").Order(StringComparer.Ordinal)];
}
