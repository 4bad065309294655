using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Who may do what on the bus.</summary>
public sealed class BrokerRightsTests
{
    private readonly CancellationToken _cancellation = TestDeadline.Of(19);

    [Theory]
    [InlineData("reports", null)]
    [InlineData("commands-host1", BusRules.Unauthorized)]
    [InlineData("commands-host2", BusRules.Unauthorized)]
    [InlineData("alerts", BusRules.Unauthorized)]
    [InlineData("REPORTS", BusRules.Unauthorized)]
    [InlineData("reports/$DeadLetterQueue", BusRules.Unauthorized)]
    [InlineData("reports/$management", BusRules.Unauthorized)]
    [InlineData("commands-host2/$management", BusRules.Unauthorized)]
    [InlineData("$cbs", BusRules.NotFound)]
    [InlineData("", BusRules.Unauthorized)]
    public async Task An_agent_sends_to_reports_and_nowhere_else(string queue, string? refusal)
    {
        await using var broker = await WithQueuesAsync();
        var agent = broker.Connect("agent:host1", BrokerUnderTest.AgentKey);

        var sent = await agent.SendAsync(queue, BrokerUnderTest.Message("1"), _cancellation);

        Assert.Equal(refusal, (sent as BusSend.Refused)?.Condition);
        Assert.Equal(refusal is null, sent is BusSend.Accepted);
        Assert.Equal(refusal is not null, broker.Log.Lines.Any(line => line.Contains("refused agent:host1 at 127.0.0.1:", StringComparison.Ordinal) && line.Contains($"'{queue}'", StringComparison.Ordinal)));
        Assert.DoesNotContain(broker.Log.Lines, line => line.Contains(BrokerUnderTest.AgentKey, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("commands-host1", true)]
    [InlineData("commands-host2", false)]
    [InlineData("reports", false)]
    [InlineData("alerts", false)]
    [InlineData("commands-host1/$DeadLetterQueue", false)]
    [InlineData("COMMANDS-HOST1", false)]
    public async Task An_agent_receives_its_own_commands_and_nothing_else(string queue, bool allowed)
    {
        await using var broker = await WithQueuesAsync();
        var monitor = broker.Connect();
        foreach (var each in (string[])["commands-host1", "commands-host2", "reports", "alerts"])
        {
            Assert.IsType<BusSend.Accepted>(await monitor.SendAsync(each, BrokerUnderTest.Message(each), _cancellation));
        }

        await using var receiver = broker.Connect("agent:host1", BrokerUnderTest.AgentKey).OpenReceiver(queue, 1);
        if (allowed)
        {
            Assert.Equal(queue, (await receiver.ReceiveAsync(_cancellation)).MessageId);
            return;
        }

        await TestDeadline.UntilAsync(() => receiver.Trouble is { } trouble && trouble.Contains(BusRules.Unauthorized, StringComparison.Ordinal), _cancellation);
    }

    [Fact]
    public async Task The_monitor_receives_what_is_forbidden_to_the_agent()
    {
        await using var broker = await WithQueuesAsync();
        var monitor = broker.Connect();
        await monitor.SendAsync("reports", BrokerUnderTest.Message("1"), _cancellation);
        await using var receiver = monitor.OpenReceiver("reports", 1);

        Assert.Equal("1", (await receiver.ReceiveAsync(_cancellation)).MessageId);
    }

    [Theory]
    [InlineData("monitor", "GUESSED")]
    [InlineData("monitor", BrokerUnderTest.AgentKey)]
    [InlineData("agent:host1", BrokerUnderTest.MonitorKey)]
    [InlineData("nobody", BrokerUnderTest.MonitorKey)]
    public async Task A_wrong_name_or_key_is_refused_and_the_log_says_whose_and_not_the_key(string user, string key)
    {
        await using var broker = await WithQueuesAsync();
        var bus = broker.Connect(user, key);

        var sent = await bus.SendAsync("reports", BrokerUnderTest.Message("1"), _cancellation);

        Assert.Equal(BusRules.Unauthorized, Assert.IsType<BusSend.Refused>(sent).Condition);
        Assert.Contains(BusRules.Unauthorized, Assert.IsType<BusState.Disconnected>(bus.State).LastError, StringComparison.Ordinal);
        await TestDeadline.UntilAsync(() => broker.Log.Lines.Any(line => line.Contains($"wrong name or password for '{user}'", StringComparison.Ordinal)), _cancellation);
        Assert.DoesNotContain(broker.Log.Lines, line => line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_queue_that_nobody_declared_is_not_found_until_it_is_declared()
    {
        await using var broker = await WithQueuesAsync();
        var monitor = broker.Connect();
        await using var receiver = monitor.OpenReceiver("commands-new", 1);
        var before = await monitor.SendAsync("commands-new", BrokerUnderTest.Message("1"), _cancellation);
        await TestDeadline.UntilAsync(() => receiver.Trouble?.Contains(BusRules.NotFound, StringComparison.Ordinal) == true, _cancellation);

        await broker.DeclareAsync("commands-new");

        Assert.Equal(BusRules.NotFound, Assert.IsType<BusSend.Refused>(before).Condition);
        Assert.IsType<BusSend.Accepted>(await monitor.SendAsync("commands-new", BrokerUnderTest.Message("2"), _cancellation));
        Assert.Equal("2", (await receiver.ReceiveAsync(_cancellation)).MessageId);
        Assert.Null(receiver.Trouble);
    }

    [Fact]
    public async Task Over_TLS_the_client_speaks_only_to_the_certificate_it_knows()
    {
        using var certificate = SelfSigned();
        using var other = SelfSigned();
        await using var broker = await BrokerUnderTest.StartAsync(tune: settings => settings with { Certificate = certificate });
        await broker.DeclareAsync("q");

        var known = await broker.Connect(pin: certificate).SendAsync("q", BrokerUnderTest.Message("1"), _cancellation);
        var stranger = broker.Connect(pin: other, options: BrokerUnderTest.Quick with { SendDeadline = TimeSpan.FromMilliseconds(500) });
        var refused = await stranger.SendAsync("q", BrokerUnderTest.Message("2"), _cancellation);
        var plain = await broker.Connect(options: BrokerUnderTest.Quick with { SendDeadline = TimeSpan.FromMilliseconds(500) }).SendAsync("q", BrokerUnderTest.Message("3"), _cancellation);

        Assert.IsType<BusSend.Accepted>(known);
        Assert.IsType<BusSend.NotNow>(refused);
        Assert.True(SpinWait.SpinUntil(() => (stranger.State as BusState.Disconnected)?.LastError?.Contains("TLS", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(15)), $"{stranger.State}");
        Assert.IsType<BusSend.NotNow>(plain);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=bus", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static async Task<BrokerUnderTest> WithQueuesAsync()
    {
        var broker = await BrokerUnderTest.StartAsync();
        foreach (var queue in (string[])["reports", "alerts", "commands-host1", "commands-host2"])
        {
            await broker.DeclareAsync(queue);
        }

        return broker;
    }
}
