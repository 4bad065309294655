using System.Net;
using System.Net.Sockets;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class PortOwnersTests : IDisposable
{
    private static readonly int Me = Environment.ProcessId;

    private readonly SockDiag _diag = new();
    private readonly PortOwners _owners = new(new SocketOwners());
    private readonly int _port = TestSockets.FreePort();

    [Fact]
    public void Nobody_listens() => Assert.Equal(new PortSighting.Nobody(), See("127.0.0.1", Me));

    [Fact]
    public void The_own_listener_is_own_with_its_queue()
    {
        using var socket = TestSockets.Listen(IPAddress.Loopback, _port);
        Assert.Equal(new PortSighting.Own(0), See("127.0.0.1", Me));
        using var client = TestSockets.Connect(IPAddress.Loopback, _port);
        Assert.Equal(new PortSighting.Own(1), See("127.0.0.1", Me));
    }

    [Fact]
    public void Anothers_listener_is_taken_and_named()
    {
        using var child = TestChild.Sleeping();
        using var socket = TestSockets.Listen(IPAddress.Loopback, _port);
        var taken = new PortSighting.Taken(Me, ProcessReader.Name(Me));
        Assert.Equal(taken, See("127.0.0.1", child.Pid));
        Assert.Equal(taken, See("127.0.0.1", null));
    }

    [Fact]
    public void A_descriptor_that_now_is_another_socket_is_not_believed()
    {
        var first = TestSockets.Listen(IPAddress.Loopback, _port);
        var dump = Listeners();
        Assert.Equal(new PortSighting.Own(0), _owners.See(dump, IPAddress.Loopback, _port, Me));
        var inode = SockDiagTests.Inode(first.Handle);
        first.Dispose();
        using var second = TestSockets.Listen(IPAddress.Loopback, TestSockets.FreePort());
        Assert.NotEqual(inode, SockDiagTests.Inode(second.Handle));
        Assert.IsType<PortSighting.Taken>(_owners.See(dump, IPAddress.Loopback, _port, Me));
    }

    [Theory]
    [InlineData("0.0.0.0", false, "127.0.0.1", true)]
    [InlineData("0.0.0.0", false, "0.0.0.0", true)]
    [InlineData("0.0.0.0", false, "::1", false)]
    [InlineData("::", true, "127.0.0.1", true)]
    [InlineData("::", true, "::1", true)]
    [InlineData("::", false, "127.0.0.1", false)]
    [InlineData("::", false, "::1", true)]
    [InlineData("::1", false, "::1", true)]
    [InlineData("::1", false, "::", true)]
    [InlineData("::1", false, "127.0.0.1", false)]
    [InlineData("127.0.0.2", false, "127.0.0.1", false)]
    [InlineData("127.0.0.2", false, "127.0.0.2", true)]
    [InlineData("::ffff:127.0.0.1", true, "127.0.0.1", true)]
    public void A_listener_counts_where_the_kernel_would_connect_to_it(string bound, bool dualStack, string host, bool counts)
    {
        using var socket = TestSockets.Listen(IPAddress.Parse(bound), _port, dualStack: dualStack);
        Assert.Equal(counts ? new PortSighting.Own(0) : new PortSighting.Nobody(), See(host, Me));
        Assert.Equal(counts, CanConnect(IPAddress.Parse(host)));
    }

    [Fact]
    public void Of_two_listeners_the_one_on_the_very_address_decides()
    {
        using var other = ChildThatListens("127.0.0.2");
        using var socket = TestSockets.Listen(IPAddress.Loopback, _port);
        Assert.Equal(new PortSighting.Own(0), See("127.0.0.1", Me));
        Assert.Equal(other.Pid, Assert.IsType<PortSighting.Taken>(See("127.0.0.2", Me)).Pid);
    }

    [Fact]
    public void A_specific_address_goes_before_a_wildcard_and_IPv4_before_dual_stack()
    {
        var me = HostAddress.LoopbackIPv4;
        using var child = TestChild.Sleeping();
        using var mine = TestSockets.Listen(IPAddress.Loopback, TestSockets.FreePort());
        var inode = SockDiagTests.Inode(mine.Handle);
        Listener[] dump =
        [
            new(new HostAddress(true, 0), _port, 1, 9, 0, false),
            new(new HostAddress(false, 0), _port, 2, 9, 0, false),
            new(me, _port, inode, 1, 0, false),
        ];
        Assert.Equal(new PortSighting.Own(1), _owners.See(dump, IPAddress.Loopback, _port, Me));
        Assert.Equal(new PortSighting.Taken(null, null), _owners.See(dump[..2], IPAddress.Loopback, _port, Me));
        Assert.Equal(new PortSighting.Own(3), _owners.See([dump[0], new(new HostAddress(false, 0), _port, inode, 3, 0, false)], IPAddress.Loopback, _port, Me));
    }

    [Fact]
    public void A_stranger_who_shares_the_address_by_SO_REUSEPORT_takes_it()
    {
        using var mine = TestSockets.Listen(IPAddress.Loopback, _port, reusePort: true);
        Assert.Equal(new PortSighting.Own(0), See("127.0.0.1", Me));
        using var second = TestSockets.Listen(IPAddress.Loopback, _port, reusePort: true);
        Assert.Equal(new PortSighting.Own(0), See("127.0.0.1", Me));
        using var other = ChildThatListens("127.0.0.1", reusePort: true);
        Assert.Equal(other.Pid, Assert.IsType<PortSighting.Taken>(See("127.0.0.1", Me)).Pid);
    }

    [Fact]
    public void A_listener_inherited_by_a_fork_is_own_for_either()
    {
        using var parent = ChildThatListens("127.0.0.1", forked: true);
        using var heir = new TestHeir(parent);
        Assert.Equal(new PortSighting.Own(0), See("127.0.0.1", parent.Pid));
        Assert.Equal(new PortSighting.Own(0), See("127.0.0.1", heir.Pid));
    }

    [Fact]
    public void What_may_not_be_read_is_not_permitted()
    {
        using var child = ChildThatListens("127.0.0.1");
        Assert.Equal(new PortSighting.Own(0), See("127.0.0.1", child.Pid));
        Assert.SkipUnless(Environment.UserName == "root", "A process of another user is needed.");
        Assert.Equal(new PortSighting.NotPermitted(0), TestNative.AsNobody(() => new PortOwners(new SocketOwners()).See(Listeners(), IPAddress.Loopback, _port, child.Pid)));
        Assert.Equal(new PortSighting.Taken(null, null), TestNative.AsNobody(() => See("127.0.0.1", null)));
    }

    public void Dispose() => _diag.Dispose();

    private PortSighting See(string host, int? pid) => _owners.See(Listeners(), IPAddress.Parse(host), _port, pid);

    private List<Listener> Listeners()
    {
        var listeners = new List<Listener>();
        Assert.True(_diag.TryListeners(listeners, out _));
        return listeners;
    }

    private bool CanConnect(IPAddress host)
    {
        try
        {
            TestSockets.Connect(host, _port).Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A bash cannot listen, so a perl does: it is part of every Debian.</summary>
    private TestChild ChildThatListens(string address, bool reusePort = false, bool forked = false)
    {
        var script = $"use Socket; $| = 1; socket(S, AF_INET, SOCK_STREAM, 0) or die; {(reusePort ? "setsockopt(S, 1, 15, pack('i', 1)) or die;" : "")} "
            + $"bind(S, sockaddr_in({_port}, inet_aton('{address}'))) or die; listen(S, 10) or die; {(forked ? "my $p = fork; if ($p) { print qq($p\\n) }" : "print qq(x\\n);")} sleep 300;";
        var child = TestChild.Start(TestChild.Request("/usr/bin/perl", "-e", script));
        child.FirstLine();
        return child;
    }
}
