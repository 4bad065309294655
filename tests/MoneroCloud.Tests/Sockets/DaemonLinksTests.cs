using System.Net;
using System.Net.Sockets;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The wallet is a real child process here: this one has many connections.</summary>
public sealed class DaemonLinksTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SockDiag _diag = new();
    private readonly int _port = TestSockets.FreePort();
    private readonly int _ownPort = TestSockets.FreePort();

    [Fact]
    public void Without_a_connection_it_is_not_connected_and_anothers_connection_does_not_count()
    {
        using var child = TestChild.Sleeping();
        using var listener = TestSockets.Listen(IPAddress.Loopback, _port);
        using var client = TestSockets.Connect(IPAddress.Loopback, _port);
        Assert.Equal(new DaemonLinkSighting.NotConnected(), See(child));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_request_is_outstanding_from_its_sending_to_its_answer_whichever_port_and_address_the_daemon_has(string address)
    {
        using var listener = TestSockets.Listen(IPAddress.Parse(address), _port);
        using var child = TestChild.Bash($"exec 3<>/dev/tcp/{address}/{_port}; while [ ! -e go ]; do sleep 0.02; done; printf request >&3; sleep 300");
        using var daemon = listener.Accept();
        Becomes<DaemonLinkSighting.Idle>(child);

        File.WriteAllText(Path.Combine(child.Folder, "go"), "");
        Becomes<DaemonLinkSighting.RequestOutstanding>(child);
        daemon.Send("answer"u8);
        Becomes<DaemonLinkSighting.Idle>(child);
    }

    [Fact]
    public void The_first_request_on_a_new_connection_is_outstanding_although_its_times_are_equal()
    {
        using var listener = TestSockets.Listen(IPAddress.Loopback, _port);
        using var child = TestChild.Bash($"exec 3<>/dev/tcp/127.0.0.1/{_port}; printf request >&3; sleep 300");
        Becomes<DaemonLinkSighting.RequestOutstanding>(child);

        using var daemon = listener.Accept();
        daemon.Send("answer"u8);
        Becomes<DaemonLinkSighting.Idle>(child);
    }

    [Fact]
    public void A_connection_that_the_daemons_host_does_not_take_is_waited_for_and_for_about_as_long_as_it_is_asked_for()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        full.Listen(0);
        using var first = TestSockets.Connect(IPAddress.Loopback, _port);
        using var child = TestChild.Bash($"exec 3<>/dev/tcp/127.0.0.1/{_port}");

        Becomes<DaemonLinkSighting.RequestOutstanding>(child);
        Assert.True(SpinWait.SpinUntil(() => See(child) is DaemonLinkSighting.RequestOutstanding { For.TotalSeconds: >= 1 }, Patience));
        Assert.InRange(Assert.IsType<DaemonLinkSighting.RequestOutstanding>(See(child)).For, TimeSpan.FromSeconds(1), Patience);
    }

    [Fact]
    public void An_answer_given_to_a_caller_is_no_request_to_a_daemon()
    {
        using var child = TestChild.Start(TestChild.Request(
            "/usr/bin/perl", "-MIO::Socket::INET", "-e",
            $"my $l = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => {_ownPort}, Listen => 5, ReuseAddr => 1) or die; $| = 1; print \"ready\\n\"; "
                + "my $c = $l->accept; sysread $c, my $r, 7; select undef, undef, undef, 0.05; syswrite $c, 'answer'; sleep 300"));
        Assert.Equal("ready", child.FirstLine());
        using var caller = TestSockets.Connect(IPAddress.Loopback, _ownPort);
        caller.Send("request"u8);
        Assert.Equal(6, caller.Receive(new byte[6]));

        Assert.Equal(new DaemonLinkSighting.NotConnected(), See(child));

        // As it looks where its own port is not known: the test would catch it.
        Assert.IsType<DaemonLinkSighting.RequestOutstanding>(new DaemonLinks(_diag).See(child.Pid, _port));
    }

    [Fact]
    public void An_idle_link_says_since_when_nothing_came()
    {
        using var listener = TestSockets.Listen(IPAddress.Loopback, _port);
        using var child = TestChild.Bash($"exec 3<>/dev/tcp/127.0.0.1/{_port}; sleep 300");

        Becomes<DaemonLinkSighting.Idle>(child);
        Assert.True(SpinWait.SpinUntil(() => See(child) is DaemonLinkSighting.Idle { For.TotalMilliseconds: > 50 and < 60_000 }, Patience));
    }

    [Fact]
    public void Descriptors_that_may_not_be_read_say_nothing()
    {
        Assert.SkipUnless(Environment.UserName == "root", "A process of another user is needed.");
        Assert.Equal(new DaemonLinkSighting.NotLooked(), TestNative.AsNobody(() => new DaemonLinks(_diag).See(1, _ownPort)));
    }

    public void Dispose() => _diag.Dispose();

    private void Becomes<T>(TestChild child)
        where T : DaemonLinkSighting =>
        Assert.True(SpinWait.SpinUntil(() => See(child) is T, Patience), See(child).ToString());

    private DaemonLinkSighting See(TestChild child) => new DaemonLinks(_diag).See(child.Pid, _ownPort);
}
