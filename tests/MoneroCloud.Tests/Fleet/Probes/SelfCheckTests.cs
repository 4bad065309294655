using System.Net;
using System.Net.Sockets;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Whether the monitor's own network is there, over real sockets.</summary>
public sealed class SelfCheckTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_targets_it_is_there() => Assert.Null(await CheckAsync(SelfCheckQuorum.All));

    [Theory]
    [InlineData("all", 3, 0, false)]
    [InlineData("all", 1, 2, false)]
    [InlineData("all", 0, 3, true)]
    [InlineData("most", 2, 1, false)]
    [InlineData("most", 1, 2, true)]
    [InlineData("most", 1, 1, false)]
    [InlineData("most", 0, 1, true)]
    public async Task It_fails_when_all_or_most_targets_do(string quorum, int there, int away, bool fails)
    {
        using var listener = Listener();
        var targets = Enumerable.Repeat(Target(listener), there).Concat(Enumerable.Range(0, away).Select(_ => Nobody())).ToArray();

        var said = await CheckAsync(quorum == "all" ? SelfCheckQuorum.All : SelfCheckQuorum.Most, targets);

        Assert.Equal(fails, said is not null);
        Assert.All(targets.Skip(there), t => Assert.True(said is null || said.Contains($"tcp://{t.Authority} (ConnectionRefused)", StringComparison.Ordinal), said));
    }

    [Fact]
    public async Task Which_targets_failed_and_how_is_said_without_their_paths()
    {
        await using var mute = ScriptedHttpPeer.Start(Play.Hang);
        await using var plain = ScriptedHttpPeer.Start(Play.ResetAtOnce);
        Uri[] targets = [new($"https://127.0.0.1:{mute.Port}/hunter2"), new($"https://127.0.0.1:{plain.Port}/hunter2"), new("https://no-such-host.invalid/hunter2")];

        var said = await CheckAsync(SelfCheckQuorum.All, targets);

        Assert.StartsWith($"3 of 3 self-check targets failed: https://127.0.0.1:{mute.Port} (no answer within 500ms), https://127.0.0.1:{plain.Port} (", said, StringComparison.Ordinal);
        Assert.Contains(", https://no-such-host.invalid (", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }

    internal static TcpListener Listener(int port = 0)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    internal static Uri Target(TcpListener listener) => new($"tcp://{listener.LocalEndpoint}");

    internal static Uri Nobody() => new($"tcp://127.0.0.1:{FreePort.Next()}");

    private static Task<string?> CheckAsync(SelfCheckQuorum quorum, params Uri[] targets) => new SelfCheck(
        new MonitorPolicy { SelfCheck = new SelfCheckPolicy { Deadline = TimeSpan.FromMilliseconds(500), Quorum = quorum }, SelfCheckTargets = [.. targets] },
        TimeProvider.System).RunAsync(Now);
}
