using System.Net.Sockets;
using System.Text;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What the agent says to systemd over its notification socket.</summary>
public sealed class SystemdWordsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_that_it_is_ready_again_and_again_that_it_works_and_that_it_stops()
    {
        await using var agent = AgentUnderTest.Create("words");
        agent.Configure(new NodeUnderTest("sleeps") { Program = agent.WriteProgram("sleeps", "exec sleep 1000") });
        var address = Path.Combine(TestRun.NewFolder("systemd"), "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(address));

        await agent.StartAsync(Cancellation, "env", $"NOTIFY_SOCKET={address}", "WATCHDOG_USEC=600000");
        Assert.Equal("READY=1", await NextAsync(systemd));
        for (var word = 0; word < 3; word++)
        {
            Assert.Matches("^WATCHDOG=1\nSTATUS=nodes: 0 working, [01] failed, [01] unknown$", await NextAsync(systemd));
        }

        Assert.Equal(0, await agent.EndAsync(Signals.Terminate, Cancellation));
        Assert.Equal("STOPPING=1", await NextAsync(systemd, besides: "WATCHDOG=1"));
    }

    /// <param name="systemd">Its socket.</param>
    /// <param name="besides">The beginning of what may come before.</param>
    private static async Task<string> NextAsync(Socket systemd, string? besides = null)
    {
        var buffer = new byte[1000];
        while (true)
        {
            var word = Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, Cancellation));
            if (besides is null || !word.StartsWith(besides, StringComparison.Ordinal))
            {
                return word;
            }
        }
    }
}
