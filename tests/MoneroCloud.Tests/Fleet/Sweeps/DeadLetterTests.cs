using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Dead letters over the real broker: each is tried once more, and one that always fails holds up nothing.</summary>
public sealed class DeadLetterTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_always_fails_is_passed_over_and_stays_and_the_others_are_done_with()
    {
        await using var broker = await BrokerUnderTest.StartAsync();
        var bus = await DeadAsync(broker, "bad-0", "good-1", "bad-2", "good-3", "good-4");
        using var log = new LinesLog();
        var trigger = Trigger();
        var letters = new DeadLetters(new Dictionary<string, ITrigger> { [Names.ReportsQueue] = trigger }, bus, TimeProvider.System, new Microsoft.Extensions.Logging.Logger<DeadLetters>(log.Factory));

        Assert.Equal([Names.ReportsQueue, Names.ReportsQueue], await letters.DrainAsync(Now));
        Assert.Equal(["bad-0", "good-1", "bad-2", "good-3", "good-4"], Ids(trigger));
        Assert.Contains(log.Lines, l => l.Contains("dead letter bad-0 of reports stays, failed 1 times", StringComparison.Ordinal));

        // What has failed this minute is not tried again; what came behind it is.
        await KillAsync(bus, "good-5");
        Assert.Empty(await letters.DrainAsync(Now));
        Assert.Equal("good-5", Ids(trigger)[^1]);
        Assert.Equal(6, Ids(trigger).Length);

        // A new process knows nothing of that, and finds what stayed, nothing else.
        var next = Trigger();
        await new DeadLetters(new Dictionary<string, ITrigger> { [Names.ReportsQueue] = next }, bus, TimeProvider.System, new Microsoft.Extensions.Logging.Logger<DeadLetters>(log.Factory)).DrainAsync(Now);
        Assert.Equal(["bad-0", "bad-2"], Ids(next));
    }

    [Fact]
    public async Task A_sweep_tries_a_bounded_number_of_what_fails_and_the_next_ones_go_on_behind_it()
    {
        await using var broker = await BrokerUnderTest.StartAsync();
        var bus = await DeadAsync(broker, [.. Enumerable.Range(0, 10).Select(i => $"bad-{i}"), "good"]);
        using var rig = new MonitorRig();
        var trigger = Trigger();
        var monitor = rig.NewMonitor();
        var letters = new DeadLetters(new Dictionary<string, ITrigger> { [Names.ReportsQueue] = trigger }, bus, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<DeadLetters>.Instance);
        var sweep = new SweepTrigger(monitor, new Dispatcher(monitor), letters, MonitorRig.Quiet(monitor));

        for (var failed = new[] { 4, 8, 10 }.AsEnumerable(); failed.Any(); failed = failed.Skip(1))
        {
            Assert.IsType<TriggerResult.Done>(await sweep.InvokeAsync(new TriggerCall.Timer(false, null), Now));
            Assert.Equal(failed.First(), Ids(trigger).Count(id => id != "good"));
        }

        Assert.Equal("good", Ids(trigger)[^1]);
        Assert.Equal(new Dictionary<string, long> { ["dead letter still fails"] = 10 }, await rig.RefusalsAsync());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(100, 60)]
    public void It_is_tried_again_ever_more_seldom_but_each_hour(int tries, int minutes) =>
        Assert.Equal(new FailedLetter(tries + 1, Given.Now.AddMinutes(minutes)), FailedLetter.After(new FailedLetter(tries, default), Given.Now));

    /// <summary>Those that are called bad fail, each in its own way.</summary>
    private static TestTrigger Trigger() => new(Names.ReportsQueue, (call, _) => Encoding.UTF8.GetString(((TriggerCall.Bus)call).Body.Span) switch
    {
        "bad-2" => throw new InvalidOperationException("an error in the trigger"),
        ['b', ..] => Task.FromResult<TriggerResult>(new TriggerResult.Failed("not now")),
        "good-3" => Task.FromResult<TriggerResult>(new TriggerResult.Refused("never")),
        _ => Task.FromResult<TriggerResult>(TriggerResult.Done.Instance),
    });

    private static string[] Ids(TestTrigger trigger) => [.. trigger.Calls.Select(c => ((TriggerCall.Bus)c).MessageId!)];

    private static async Task<BusConnection> DeadAsync(BrokerUnderTest broker, params string[] ids)
    {
        await broker.DeclareAsync(Names.ReportsQueue);
        var bus = broker.Connect();
        await KillAsync(bus, ids);
        return bus;
    }

    private static async Task KillAsync(BusConnection bus, params string[] ids)
    {
        await using var receiver = bus.OpenReceiver(Names.ReportsQueue, 1);
        foreach (var id in ids)
        {
            Assert.IsType<BusSend.Accepted>(await bus.SendAsync(Names.ReportsQueue, BrokerUnderTest.Message(id, id), Now));
            Assert.True(await (await receiver.ReceiveAsync(Now)).DeadLetterAsync("test", "test"));
        }
    }
}
