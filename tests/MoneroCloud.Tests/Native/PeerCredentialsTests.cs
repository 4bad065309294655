using System.Net.Sockets;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class PeerCredentialsTests
{
    [Fact]
    public void The_kernel_tells_who_connected()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(TestRun.NewFolder("peer"), "s");
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        using var accepted = listener.Accept();
        var peer = PeerCredentials.Of(accepted);
        Assert.Equal(Environment.ProcessId, peer.Pid);
        Assert.Equal(TestChild.Output("id -u").Trim(), $"{peer.User}");
        Assert.Equal(TestChild.Output("id -g").Trim(), $"{peer.Group}");
        Assert.Subset(TestChild.Output("id -G").Trim().Split(' ').ToHashSet(), peer.Groups.Select(g => $"{g}").ToHashSet());
        Assert.True(peer.MayControl());
    }

    [Theory]
    [InlineData(0, 5, new uint[0], true)]
    [InlineData(1000, 5, new uint[0], true)]
    [InlineData(1001, 1000, new uint[0], true)]
    [InlineData(1001, 5, new uint[] { 4, 1000 }, true)]
    [InlineData(1001, 5, new uint[] { 4, 27 }, false)]
    [InlineData(1001, 5, new uint[0], false)]
    public void Root_the_own_user_and_the_own_group_may_control(uint user, uint group, uint[] groups, bool may) =>
        Assert.Equal(may, new PeerCredentials(1, user, group, [.. groups]).MayControl(1000, 1000));
}
