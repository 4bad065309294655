using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// Our client against a broker that nobody here wrote. RabbitMQ knows no tokens, no locks and no delivery count; what it shows is that messages
/// last, that the client comes back, and how an expired and a rejected one end.
/// </summary>
public sealed class ForeignBrokerTests(RabbitFixture fixture) : IClassFixture<RabbitFixture>, IAsyncDisposable
{
    // Its own form of the address of a queue that exists.
    private const string Queue = "/amq/queue/q";
    private const string Dead = "/amq/queue/dead";
    private const int Messages = 200;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(150), TimeProvider.System);
    private readonly BusConnection _bus = new(
        BusAddress.Parse($"Endpoint=sb://127.0.0.1:{fixture.Rabbit.Port};SharedAccessKeyName={RealRabbit.User};SharedAccessKey={RealRabbit.Key};UseDevelopmentEmulator=true"),
        new BusOptions { FirstBackOff = TimeSpan.FromMilliseconds(50), LongestBackOff = TimeSpan.FromMilliseconds(500) },
        TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task What_expires_and_what_is_rejected_ends_among_the_dead_letters()
    {
        await SendAsync("short", TimeSpan.FromMilliseconds(50));
        await using var dead = _bus.OpenReceiver(Dead, 1);
        var expired = await dead.ReceiveAsync(_deadline.Token);
        Assert.True(await expired.CompleteAsync());
        await SendAsync("bad", null);
        await using var receiver = _bus.OpenReceiver(Queue, 1);
        var bad = await receiver.ReceiveAsync(_deadline.Token);
        Assert.True(await bad.DeadLetterAsync("bad", "not JSON"));
        var rejected = await dead.ReceiveAsync(_deadline.Token);
        Assert.True(await rejected.CompleteAsync());

        Assert.Equal(("short", "bad", "bad"), (expired.MessageId, bad.MessageId, rejected.MessageId));
        Assert.Equal("body of bad", Encoding.UTF8.GetString(rejected.Body.Span));
    }

    [Fact]
    public async Task After_a_kill_of_the_broker_the_client_is_back_by_itself_and_nothing_that_was_accepted_is_lost()
    {
        for (var i = 0; i < Messages; i++)
        {
            await SendAsync($"{i}", null);
        }

        await using var receiver = _bus.OpenReceiver(Queue, 1);
        var held = await receiver.ReceiveAsync(_deadline.Token);
        await fixture.Rabbit.KillAsync();
        await fixture.Rabbit.StartAgainAsync();
        List<string> came = [];
        while (came.Count < Messages)
        {
            var delivery = await receiver.ReceiveAsync(_deadline.Token);
            came.Add(delivery.MessageId);
            Assert.True(await delivery.CompleteAsync());
        }

        Assert.False(await held.CompleteAsync());
        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i}"), came);
        await SendAsync("later", null);
        var later = await receiver.ReceiveAsync(_deadline.Token);
        Assert.Equal("later", later.MessageId);
        Assert.True(await later.CompleteAsync());
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_its_own_words_without_the_key()
    {
        await using var stranger = new BusConnection(
            BusAddress.Parse($"Endpoint=sb://127.0.0.1:{fixture.Rabbit.Port};SharedAccessKeyName={RealRabbit.User};SharedAccessKey=WRONG-KEY;UseDevelopmentEmulator=true"), new BusOptions(), TimeProvider.System);
        var told = new TaskCompletionSource<string>();
        stranger.Told += notice => told.TrySetResult(notice.Text);

        var refused = Assert.IsType<BusSend.Refused>(await stranger.SendAsync(Queue, Message("1", null), _deadline.Token));

        Assert.Equal("amqp:unauthorized-access", refused.Condition);
        Assert.DoesNotContain("WRONG-KEY", $"{refused} {await told.Task}", StringComparison.Ordinal);
    }

    private static BusMessage Message(string id, TimeSpan? timeToLive) => new() { MessageId = id, Body = Encoding.UTF8.GetBytes($"body of {id}"), TimeToLive = timeToLive };

    private async Task SendAsync(string id, TimeSpan? timeToLive)
    {
        while (await _bus.SendAsync(Queue, Message(id, timeToLive), _deadline.Token) is not BusSend.Accepted)
        {
        }
    }
}
