using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class BusSourceTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private EmbeddedBroker? _broker;
    private BusConnection? _connection;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new BrokerSettings
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, FreePort.Next()),
            DataFile = Path.Combine(TestRun.NewFolder("bus-source"), "bus.db"),
        };
        var start = EmbeddedBroker.Start(settings, (_, _) => BrokerUser.Monitor, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        _broker = Assert.IsType<BrokerStart.Started>(start).Broker;
        await _broker.DeclareQueueAsync("alerts", new QueueSettings());
        var address = BusAddress.Parse($"Endpoint=sb://127.0.0.1:{settings.Endpoint.Port}/;SharedAccessKeyName=monitor;SharedAccessKey=key;UseDevelopmentEmulator=true");
        _connection = new BusConnection(address, new BusOptions(), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        await _connection!.DisposeAsync();
        await _broker!.DisposeAsync();
    }

    [Fact]
    public async Task What_is_completed_is_gone_and_what_is_abandoned_comes_again()
    {
        await SendAsync("first", "second");
        var taken = Channel.CreateUnbounded<(string, string?, int?)>();
        var receiving = new BusSource(_connection!).ReceiveAsync(
            "alerts", 1, message => Task.FromResult(Note(taken, message) is not ("first", "first", 1)), _stop.Token);

        Assert.Equal(("first", "first", 1), await taken.Reader.ReadAsync(Now));
        Assert.Equal(("first", "first", 2), await taken.Reader.ReadAsync(Now));
        Assert.Equal(("second", "second", 1), await taken.Reader.ReadAsync(Now));
        await EndAsync(receiving);
    }

    [Fact]
    public async Task No_more_are_taken_at_once_than_were_asked_for_and_a_stop_waits_for_them()
    {
        await SendAsync("1", "2", "3", "4", "5");
        var taken = Channel.CreateUnbounded<(string, string?, int?)>();
        var go = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiving = new BusSource(_connection!).ReceiveAsync(
            "alerts", 4, message => { Note(taken, message); return go.Task; }, _stop.Token);

        for (var message = 0; message < 4; message++)
        {
            await taken.Reader.ReadAsync(Now);
        }

        await _stop.CancelAsync();
        Assert.False(receiving.IsCompleted);
        Assert.False(taken.Reader.TryRead(out _));
        go.SetResult(true);
        await EndAsync(receiving);
    }

    private static (string, string?, int?) Note(Channel<(string, string?, int?)> taken, QueueMessage message)
    {
        var seen = (Encoding.UTF8.GetString(message.Body.Span), message.MessageId, message.DeliveryCount);
        taken.Writer.TryWrite(seen);
        return seen;
    }

    private async Task SendAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            var sent = await _connection!.SendAsync("alerts", new BusMessage { MessageId = id, Body = Encoding.UTF8.GetBytes(id) }, Now);
            Assert.True(sent is BusSend.Accepted, $"{sent}");
        }
    }

    private async Task EndAsync(Task receiving)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.WaitAsync(TimeSpan.FromSeconds(10), Now));
    }
}
