using System.Text.Json.Nodes;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Alerts;

/// <summary>From a transition to a receiver, through the real standalone monitor and its broker, which drops repeated messages.</summary>
public sealed class AlertDeliveryTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_that_asks_to_be_tried_again_in_5_s_gets_the_same_message_by_the_second_try()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Then(PostAnswer.RetryAfter("5"));
        var times = new List<long>();
        receiver.Decide = _ =>
        {
            times.Add(TimeProvider.System.GetTimestamp());
            return ValueTask.FromResult<PostAnswer?>(null);
        };
        await using var monitor = await StartAsync("retry-after", receiver);

        var (status, placed) = await monitor.PostAsync("api/alerts/test", new JsonObject { ["channel"] = "hook" });
        Assert.Equal(202, status);
        var ended = await monitor.UntilAsync($"api/alerts?subject=monitor&alert={placed["alert"]}", (_, body) => body["ended"]!.AsArray().Count == 1);

        var alert = ended["ended"]![0]!;
        Assert.Equal(("delivered", 2), ((string)alert["status"]!, (int)alert["attempts"]!));
        Assert.Equal(2, receiver.Posts.Count);
        Assert.Single(receiver.Posts.Select(p => p.Headers["Idempotency-Key"]).Distinct());
        Assert.InRange(TimeProvider.System.GetElapsedTime(times[0], times[1]), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(19));
    }

    [Fact]
    [Trait("Tier", "soak")]
    public async Task An_alert_is_with_its_receiver_soon_after_its_transition_was_stored()
    {
        const int Kills = 200;
        await using var receiver = await AlertReceiver.StartAsync();
        await using var monitor = await StartAsync("latency", receiver, interval: "0s");
        await using var agent = await BusAgent.EnrolAsync(monitor, "home", TimeProvider.System.GetUtcNow(), "node");
        agent.Do(_ => { });
        await UntilAsync(() => agent.Pending == 0);
        var took = new List<double>();
        for (var i = 0; i < Kills; i++)
        {
            // Apart from each other, and not in step with any timer of the monitor. With the default interval the fourth in a row would wait for others.
            await Task.Delay(TimeSpan.FromSeconds(0.5 + Random.Shared.NextDouble()), TimeProvider.System, Cancellation);
            var before = receiver.Posts.Count;
            agent.Do(a =>
            {
                a.Now = TimeProvider.System.GetUtcNow();
                if (a.Node.Pid is null)
                {
                    a.Node.Spawn();
                    BusAgent.Recover(a.Node);
                }
                else
                {
                    a.Node.Kill();
                    a.Node.OpenBreaker();
                }
            });
            await UntilAsync(() => agent.Pending == 0);
            var stored = TimeProvider.System.GetTimestamp();
            await UntilAsync(() => receiver.Posts.Count > before);
            took.Add(TimeProvider.System.GetElapsedTime(stored).TotalMilliseconds);
        }

        took.Sort();
        output.WriteLine($"stored (acknowledged to its agent) to accepted by the receiver, n = {took.Count}: p50 {took[(Kills / 2) - 1]:0}, p99 {took[(Kills * 99 / 100) - 1]:0}, max {took[^1]:0} ms; 1,000 ms of it are the window for others");
        Assert.InRange(took[(Kills * 99 / 100) - 1], 0, 2_000);
    }

    private static Task<StandaloneMonitor> StartAsync(string name, AlertReceiver receiver, string interval = "15s") => StandaloneMonitor.StartAsync(
        name,
        "MoneroCloud.Functions",
        config => config["alerts"] = new JsonObject { ["groupInterval"] = interval, ["channels"] = new JsonArray(new JsonObject { ["name"] = "hook", ["kind"] = "webhook", ["url"] = receiver.Address.ToString() }) },
        [("SWEEP_SCHEDULE", "* * * * * *")]);

    private static async Task UntilAsync(Func<bool> wanted)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !wanted(); await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancellation))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "not within 20 s");
        }
    }
}
