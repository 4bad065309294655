using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The bus away for long: how often it is asked for, and how soon it is found again.</summary>
public sealed class BusOutageTests
{
    /// <summary>While the bus is away.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    /// <summary>While a connection is made: its words need some of our own time.</summary>
    private static readonly TimeSpan SmallStep = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task In_an_hour_without_the_bus_it_is_tried_for_about_once_a_minute_and_found_within_one_when_it_is_back()
    {
        await using var broker = await BrokerUnderTest.StartAsync();
        await broker.DeclareAsync("q");
        await broker.StopAsync();
        var time = new FakeTimeProvider();
        var tries = 0;
        var bus = broker.Connect(options: new BusOptions(), time: time);
        await using var receiver = bus.OpenReceiver("q", 1);
        using (var port = new TcpListener(IPAddress.Loopback, broker.Port))
        {
            // Whoever connects is sent away.
            port.Start();
            for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(1); passed += Step)
            {
                await PassAsync(time, Step, TimeSpan.FromMilliseconds(1));
                while (port.Pending())
                {
                    tries++;
                    (await port.AcceptSocketAsync(TestContext.Current.CancellationToken)).Close(0);
                }
            }
        }

        // 1, 2, 4 ... 60 s, each shortened by up to a half; a machine that is busy makes it fewer.
        Assert.InRange(tries, 20, 160);
        Assert.IsType<BusState.Disconnected>(bus.State);
        await broker.StartAgainAsync();
        var back = TimeSpan.Zero;
        for (; bus.State is not BusState.Connected; back += SmallStep)
        {
            Assert.True(back < TimeSpan.FromMinutes(10), "it is not found again");
            await PassAsync(time, SmallStep, TimeSpan.FromMilliseconds(60)); // A connection has its deadline by this clock.
        }

        Assert.True(back <= TimeSpan.FromMinutes(1) + new BusOptions().ConnectDeadline, $"found after {back}");
    }

    /// <summary>A step of the test's clock, and a moment of ours for what goes over the wire.</summary>
    private static async Task PassAsync(FakeTimeProvider time, TimeSpan step, TimeSpan moment)
    {
        time.Advance(step);
        await Task.Delay(moment, TimeProvider.System);
    }
}
