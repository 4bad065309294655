using System.Net;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class DaemonLinksTests : IDisposable
{
    private readonly SockDiag _diag = new();
    private readonly int _port = TestSockets.FreePort();

    [Fact]
    public void Without_a_connection_it_is_not_connected_and_anothers_connection_does_not_count()
    {
        using var child = TestChild.Sleeping();
        using var listener = TestSockets.Listen(IPAddress.Loopback, _port);
        Assert.Equal(new DaemonLinkSighting.NotConnected(), See(Environment.ProcessId));
        using var client = TestSockets.Connect(IPAddress.Loopback, _port);
        Assert.Equal(new DaemonLinkSighting.NotConnected(), See(child.Pid));
    }

    [Fact]
    public void A_request_is_outstanding_from_its_sending_to_its_answer()
    {
        using var listener = TestSockets.Listen(IPAddress.Loopback, _port);
        using var client = TestSockets.Connect(IPAddress.Loopback, _port);
        using var daemon = listener.Accept();
        Assert.Equal(new DaemonLinkSighting.Idle(), See(Environment.ProcessId));
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                client.Send("request"u8);
                return See(Environment.ProcessId) is DaemonLinkSighting.RequestOutstanding;
            },
            TimeSpan.FromSeconds(10)));
        daemon.Send("answer"u8);
        Assert.Equal(new DaemonLinkSighting.Idle(), See(Environment.ProcessId));
    }

    [Fact]
    public void The_first_request_on_a_new_connection_is_outstanding_although_its_times_are_equal()
    {
        using var listener = TestSockets.Listen(IPAddress.Loopback, _port);
        using var client = TestSockets.Connect(IPAddress.Loopback, _port);
        client.Send("request"u8);

        Assert.True(SpinWait.SpinUntil(() => See(Environment.ProcessId) is DaemonLinkSighting.RequestOutstanding, TimeSpan.FromSeconds(10)));
        using var daemon = listener.Accept();
        daemon.Send("answer"u8);
        Assert.True(SpinWait.SpinUntil(() => See(Environment.ProcessId) is DaemonLinkSighting.Idle, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Descriptors_that_may_not_be_read_say_nothing()
    {
        Assert.SkipUnless(Environment.UserName == "root", "A process of another user is needed.");
        using var listener = TestSockets.Listen(IPAddress.Loopback, _port);
        using var client = TestSockets.Connect(IPAddress.Loopback, _port);
        Assert.Equal(new DaemonLinkSighting.NotLooked(), TestNative.AsNobody(() => See(1)));
    }

    public void Dispose() => _diag.Dispose();

    private DaemonLinkSighting See(int pid) => new DaemonLinks(_diag, new SocketOwners()).See(pid, _port);
}
