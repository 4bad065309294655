using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Storage;

/// <summary>The store refuses connections while an agent reports: each event is told once, so that whatever is given up is missing.</summary>
public sealed class StorageOutageTests(AzuriteFixture fixture, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(16);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_dead_lettered_while_the_store_is_refused() =>
        Assert.Equal(0, await LostAsync("away", TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(200)));

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Nothing_is_lost_and_nothing_dead_lettered_in_a_minute_without_the_store() =>
        Assert.Equal(0, await LostAsync("minute", TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(250)));

    [Fact]
    [Trait("Tier", "soak")]
    public async Task A_host_that_gives_up_after_a_moment_is_noticed() =>
        Assert.NotEqual(0, await LostAsync("hasty", TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), giveUpAfter: TimeSpan.FromMilliseconds(500)));

    /// <summary>How many facts are not in the history.</summary>
    private async Task<int> LostAsync(string name, TimeSpan away, TimeSpan pace, TimeSpan? giveUpAfter = null)
    {
        await using var broker = await BrokerProcess.StartAsync(Cancellation, Names.ReportsQueue, Names.AlertsQueue, Names.ProbeShardsQueue, Names.CommandsQueue(name));
        await using var proxy = new PortProxy(fixture.Azurite.Port);
        var storage = fixture.Azurite.ConnectionString.Replace($":{fixture.Azurite.Port}/", $":{proxy.Port}/", StringComparison.Ordinal);
        using var handler = await HandlerProcess.StartAsync("MoneroCloud.Functions", storage, broker.Local);
        await using var agent = await BusAgent.EnrolAsync(handler.PostAsync, broker.Local, once: true, name, TimeProvider.System.GetUtcNow(), HomeStory.Nodes);
        await using var bus = broker.Connect();
        await using var host = new PlayedHost(bus, giveUpAfter, handler);
        host.Serve(Names.ReportsQueue, "reports", 1);
        agent.Do(HomeStory.Begin);
        await UntilAsync(() => host.Completed == agent.Reports && agent.Reports > 0, handler, Patience);

        await proxy.CutAsync();
        var began = TimeProvider.System.GetTimestamp();
        using var traffic = new PeriodicTimer(pace, TimeProvider.System);
        var rounds = 0;
        for (; TimeProvider.System.GetElapsedTime(began) < away; await traffic.WaitForNextTickAsync(Cancellation))
        {
            var round = rounds++;
            agent.Do(a => HomeStory.Happen(a, round));
        }

        var untouched = host.Completed;
        proxy.Mend();
        await UntilAsync(() => agent.AllSaid && host.Completed == agent.Reports, handler, Patience + away);

        var facts = agent.Events.Where(e => e.Node is not null && e.Fact is not NodeFact.Observed).Select(e => $"{e.Node} {e.Position} {e.At:O}").ToList();
        var lost = facts.Except(await StoredAsync(name)).ToList();
        output.WriteLine($"{agent.Reports} reports with {facts.Count} facts, {rounds} rounds of them in {away.TotalSeconds} s without a store; {untouched} done by its end; delivered up to {host.MostDeliveries} times; {lost.Count} lost");
        Assert.Equal(0, await DeadAsync(bus));
        return lost.Count;
    }

    private async Task<List<string>> StoredAsync(string name)
    {
        var table = new AzureTable(AzureTableClients.Of(fixture.Azurite.ConnectionString, new TableOptions()), new TableOptions(), TimeProvider.System);
        var story = await StoredStory.ReadAsync(table, name, name, Cancellation);
        return [.. story.History.Where(h => h.Entry.Fact is not null).Select(h => $"{h.Node} {h.Entry.Place} {h.Entry.At:O}")];
    }

    private static async Task<int> DeadAsync(BusConnection bus)
    {
        await using var letters = bus.OpenReceiver(Names.DeadLetterQueue(Names.ReportsQueue), 1);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        try
        {
            await letters.ReceiveAsync(soon.Token);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task UntilAsync(Func<bool> wanted, HandlerProcess handler, TimeSpan limit)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !wanted(); await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < limit, string.Join('\n', handler.Output));
        }
    }
}
