using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The right to use the bus as tokens, which end: made of a key, or of an identity.</summary>
[Collection(Alone.Name)] // Its clock runs on while the wire is real: whoever takes the cores meanwhile takes its time.
public sealed class BusTokenTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly CancellationToken _cancellation = TestDeadline.Of(19);
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly BrokerScript _script = new();
    private readonly ScriptedTokens _tokens;

    public BusTokenTests()
    {
        _tokens = new ScriptedTokens(_time);
        _script.OnToken = _tokens.Judge;
    }

    [Fact]
    public async Task Of_a_key_tokens_are_shown_one_for_each_queue_and_never_the_key()
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: BrokerUnderTest.Patient, time: _time);

        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("other", BrokerUnderTest.Message("2"), _cancellation));
        await using var receiver = bus.OpenReceiver("q", 1);
        var held = await receiver.ReceiveAsync(_cancellation);

        Assert.True(await held.RenewLockAsync(_cancellation));
        Assert.Equal(["sb://127.0.0.1/other", "sb://127.0.0.1/q", "sb://127.0.0.1/q/$management"], _tokens.Shown.Select(token => token.Name).Order());
        Assert.All(_tokens.Shown, token => Assert.Equal(BusRules.SasToken, token.Type));
        Assert.All(_tokens.Shown, token => Assert.DoesNotContain(BrokerUnderTest.MonitorKey, token.Text, StringComparison.Ordinal));
        Assert.Empty(broker.Told);
    }

    [Theory]
    [InlineData(false, 45)]
    [InlineData(true, 55)]
    public async Task A_token_is_renewed_before_its_end_for_as_long_as_the_connection_lasts(bool identity, int minutes)
    {
        await using var broker = await StartAsync();
        var bus = Connect(broker, identity);
        await using var receiver = bus.OpenReceiver("q", 1);
        await PassOnAsync(bus, receiver);
        for (var passed = Step; passed <= TimeSpan.FromHours(3); passed += Step)
        {
            _time.Advance(Step);
            var due = 1 + (int)(passed.TotalMinutes / minutes);
            await TestDeadline.UntilAsync(() => _tokens.ShownFor("q") == due, _cancellation);
            await PassOnAsync(bus, receiver);
        }

        Assert.Equal(1, Connections(broker));
        Assert.Empty(broker.Told);
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_holds_to_its_end_then_the_connection_is_made_anew_when_one_is_to_be_had()
    {
        await using var broker = await StartAsync();
        var bus = Connect(broker, identity: true);
        await using var receiver = bus.OpenReceiver("q", 1);
        await PassOnAsync(bus, receiver);
        _tokens.Failure = "the identity provider is away";
        for (var passed = Step; passed < TimeSpan.FromHours(1); passed += Step)
        {
            _time.Advance(Step);
        }

        await TestDeadline.UntilAsync(() => broker.Told.Any(line => line.Contains("the bus's token for q: monerocloud:no-token: the identity provider is away", StringComparison.Ordinal)), _cancellation);
        Assert.Equal(1, Connections(broker));
        Assert.IsType<BusState.Connected>(bus.State);

        // The end.
        _script.CloseConnections("q", BusRules.Unauthorized, "ExpiredToken: The token is expired.");
        await TestDeadline.UntilAsync(() => broker.Told.Any(line => line.StartsWith($"trouble: the bus at 127.0.0.1:{broker.Port}", StringComparison.Ordinal)), _cancellation);
        _tokens.Failure = null;
        await PassUntilAsync(() => _tokens.ShownFor("q") >= 2);

        await PassUntilAsync(() => receiver.Trouble is null);
        Assert.DoesNotContain(broker.Told, line => line.Contains(ScriptedTokens.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_is_dropped_for_its_tokens_end_is_opened_again_with_a_new_one()
    {
        await using var broker = await StartAsync();
        var bus = Connect(broker, identity: true);
        await using var receiver = bus.OpenReceiver("q", 1);
        await PassOnAsync(bus, receiver);
        _script.Detach("q", BusRules.Unauthorized, "ExpiredToken: The token is expired.");
        await PassUntilAsync(() => _tokens.ShownFor("q") >= 2);
        await PassUntilAsync(() => receiver.Trouble is null);

        await PassOnAsync(bus, receiver);
        Assert.Equal(1, Connections(broker));
        var line = Assert.Single(broker.Told, line => line.StartsWith("trouble", StringComparison.Ordinal));
        Assert.Contains("receiving from the queue q: amqp:unauthorized-access: ExpiredToken", line, StringComparison.Ordinal);
        Assert.Contains("tried again with a new token", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_a_refusal_at_once_and_one_line_without_it()
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(key: "WRONG-KEY", options: BrokerUnderTest.Patient, time: _time);

        var refused = Assert.IsType<BusSend.Refused>(await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
        await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation);

        Assert.Equal(BusRules.Unauthorized, refused.Condition);
        var line = Assert.Single(broker.Told);
        Assert.StartsWith("trouble: sending to the queue q: amqp:unauthorized-access: the token is not accepted: the key, its rule,", line, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG-KEY", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, BusRules.Unauthorized, true)]
    [InlineData(404, BusRules.NotFound, true)]
    [InlineData(500, BusRules.InternalError, false)]
    [InlineData(503, BusRules.ServerBusy, false)]
    public async Task What_the_bus_answers_to_a_token_is_the_answer_to_the_send(int status, string condition, bool permanent)
    {
        await using var broker = await StartAsync();
        _tokens.Verdict = new BrokerTokenVerdict.Refused(status, "words");
        var bus = Connect(broker, identity: true);

        var sent = await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation);

        Assert.Equal(permanent ? $"{condition}: words" : null, sent is BusSend.Refused refused ? $"{refused.Condition}: {refused.Description}" : null);
        Assert.Equal(permanent ? null : $"{condition}: words", (sent as BusSend.NotNow)?.Reason);
        Assert.Contains($"sending to the queue q: {condition}: words: {BusRules.ReactionTo(condition).Words}", Assert.Single(broker.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent_and_nothing_is_lost()
    {
        await using var broker = await StartAsync();
        _tokens.Failure = "CredentialUnavailableException: no managed identity endpoint";
        var bus = Connect(broker, identity: true);

        var none = Assert.IsType<BusSend.NotNow>(await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
        _tokens.Failure = null;

        Assert.Contains("no managed identity endpoint", none.Reason, StringComparison.Ordinal);
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
        Assert.Equal(["trouble: sending to the queue q: monerocloud:no-token: CredentialUnavailableException: no managed identity endpoint: it is asked for again", "well: sending to the queue q works again"], broker.Told);
    }

    [Fact]
    public async Task At_a_bus_without_tokens_a_key_is_shown_as_name_and_key_and_an_identity_has_no_way_in()
    {
        await using var broker = await BrokerUnderTest.StartAsync();
        await broker.DeclareAsync("q");
        var identity = broker.Follow(new BusConnection(
            BusAddress.Parse($"Endpoint=sb://127.0.0.1:{broker.Port};SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true") is var address
                ? new BusAddress(address.Host, address.Port, address.Transport, new BusCredential.Identity("the identity x", _tokens), null)
                : null!,
            BrokerUnderTest.Quick with { SendDeadline = TimeSpan.FromMilliseconds(500) },
            TimeProvider.System));

        Assert.IsType<BusSend.Accepted>(await broker.Connect().SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
        Assert.IsType<BusSend.NotNow>(await identity.SendAsync("q", BrokerUnderTest.Message("2"), _cancellation));
        Assert.Contains("PLAIN", Assert.Single(broker.Told), StringComparison.Ordinal);
        Assert.Equal(0, _tokens.Asked);
    }

    private static int Connections(BrokerUnderTest broker) => broker.Log.Lines.Count(line => line.EndsWith("connected to the bus", StringComparison.Ordinal));

    private async Task<BrokerUnderTest> StartAsync()
    {
        // On a clock of its own: it looks at nothing that has ended, so what is renewed is the client's doing alone.
        var broker = await BrokerUnderTest.StartAsync(tune: settings => settings with
        {
            SharedKeyOf = user => user == "monitor" ? BrokerUnderTest.MonitorKey : null,
            Script = _script,
        });
        await broker.DeclareAsync("q");
        await broker.DeclareAsync("other");
        return broker;
    }

    private BusConnection Connect(BrokerUnderTest broker, bool identity)
    {
        var credential = identity ? (BusCredential)new BusCredential.Identity("the identity x", _tokens) : new BusCredential.SharedKey("monitor", BrokerUnderTest.MonitorKey);
        return broker.Follow(new BusConnection(new BusAddress("127.0.0.1", broker.Port, new BusTransport.Tcp(), credential, null), BrokerUnderTest.Patient, _time));
    }

    /// <summary>Once a message went to and fro, what was said before on the connection has arrived.</summary>
    private async Task PassOnAsync(BusConnection bus, BusReceiver receiver)
    {
        var id = $"{Guid.NewGuid():N}";
        while (await bus.SendAsync("q", BrokerUnderTest.Message(id), _cancellation) is not BusSend.Accepted)
        {
        }

        for (var came = ""; came != id;)
        {
            var delivery = await receiver.ReceiveAsync(_cancellation);
            came = delivery.MessageId;
            await delivery.CompleteAsync();
        }
    }

    /// <summary>Small steps of the clock, and moments of our own for what goes over the wire.</summary>
    private async Task PassUntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _cancellation);
        }
    }
}
