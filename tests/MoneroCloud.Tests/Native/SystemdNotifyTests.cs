using System.Net.Sockets;
using System.Text;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SystemdNotifyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_state_arrives_at_a_path_and_at_an_abstract_name(bool isAbstract)
    {
        var address = isAbstract ? $"@monerocloud-{Guid.NewGuid():N}" : Path.Combine(TestRun.NewFolder("notify"), "s");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + address[1..] : address));
        Assert.True(SystemdNotify.Send(address, "READY=1\nSTATUS=3 nodes"));
        var buffer = new byte[100];
        Assert.Equal("READY=1\nSTATUS=3 nodes", Encoding.UTF8.GetString(buffer, 0, systemd.Receive(buffer)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/no/such/socket")]
    public void Without_systemd_nothing_is_sent_and_nothing_fails(string? address) =>
        Assert.False(SystemdNotify.Send(address, "READY=1"));
}
