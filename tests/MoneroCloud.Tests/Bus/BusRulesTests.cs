using Amqp;
using Amqp.Framing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class BusRulesTests
{
    [Theory]
    [InlineData("amqp:not-found", true)]
    [InlineData("amqp:not-allowed", true)]
    [InlineData("amqp:unauthorized-access", true)]
    [InlineData("amqp:link:message-size-exceeded", true)]
    [InlineData("com.microsoft:entity-disabled", true)]
    [InlineData("com.microsoft:message-lock-lost", true)]
    [InlineData("com.microsoft:server-busy", false)]
    [InlineData("com.microsoft:timeout", false)]
    [InlineData("com.microsoft:operation-cancelled", false)]
    [InlineData("amqp:internal-error", false)]
    [InlineData("amqp:link:detach-forced", false)]
    [InlineData("amqp:connection:forced", false)]
    [InlineData("amqp:transfer-limit-exceeded", false)]
    [InlineData("amqp:resource-limit-exceeded", false)]
    [InlineData("something:new", false)]
    public void What_is_permanent_is_refused_and_all_else_is_worth_another_try(string condition, bool permanent)
    {
        var send = BusFault.Of(new Error(condition) { Description = "why" }).AsSend;

        Assert.Equal(permanent, send is BusSend.Refused);
        Assert.Equal(!permanent, send is BusSend.NotNow);
    }

    [Theory]
    [InlineData("com.microsoft:server-busy", 2)]
    [InlineData("amqp:resource-limit-exceeded", 30)]
    [InlineData("amqp:internal-error", 0)]
    public void Who_is_throttled_is_told_how_long_to_wait(string condition, int seconds)
    {
        var send = Assert.IsType<BusSend.NotNow>(BusFault.Of(new Error(condition)).AsSend);

        Assert.Equal(TimeSpan.FromSeconds(seconds), send.NotBefore);
    }

    [Theory]
    [InlineData(200, null, null)]
    [InlineData(202, "com.microsoft:timeout", null)]
    [InlineData(401, null, "amqp:unauthorized-access")]
    [InlineData(403, null, "amqp:unauthorized-access")]
    [InlineData(404, null, "amqp:not-found")]
    [InlineData(408, null, "com.microsoft:timeout")]
    [InlineData(410, null, "com.microsoft:message-lock-lost")]
    [InlineData(410, "amqp:not-allowed", "amqp:not-allowed")]
    [InlineData(429, null, "com.microsoft:server-busy")]
    [InlineData(503, null, "com.microsoft:server-busy")]
    [InlineData(500, "", "amqp:internal-error")]
    [InlineData(null, null, "amqp:internal-error")]
    public void An_answers_status_is_a_condition_and_the_buss_own_word_wins(int? status, string? word, string? expected) =>
        Assert.Equal(expected, BusRules.ConditionOf(status, word));

    [Fact]
    public async Task A_token_of_a_key_is_signed_for_one_queue_lasts_an_hour_and_is_renewed_after_45_minutes()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var made = new SharedKeyTokens(new BusCredential.SharedKey("agent:host1", "key"), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now));

        var token = ((BusTokenAnswer.Given)await made.GetAsync(BusRules.Audience("ns.servicebus.windows.net", "reports"), TestContext.Current.CancellationToken)).Token;

        Assert.Equal(("servicebus.windows.net:sastoken", now.AddHours(1), now.AddMinutes(45)), (token.Type, token.ExpiresAt, token.RenewAt));
        Assert.StartsWith("SharedAccessSignature sr=sb%3A%2F%2Fns.servicebus.windows.net%2Freports&sig=", token.Text, StringComparison.Ordinal);
        Assert.EndsWith("&se=1800003600&skn=agent%3Ahost1", token.Text, StringComparison.Ordinal);
        Assert.True(SasToken.TryVerify(token.Text, name => name == "agent:host1" ? "key" : null, now, out _, out _, out _));
        Assert.DoesNotContain("sig", $"{token}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_documentation_says_of_each_condition_what_happens()
    {
        var text = File.ReadAllText(GeneratedFile.At("docs/protocol.md"));

        Assert.All(BusRules.Conditions.Append("any other"), condition =>
        {
            var reaction = BusRules.ReactionTo(condition);
            var again = reaction.IsPermanent ? "no" : reaction.NotBefore > TimeSpan.Zero ? $"after {reaction.NotBefore.TotalSeconds:0} s" : "yes";
            var name = condition == "any other" ? condition : $"`{condition}`";
            Assert.Contains($"| {name} | {again} | {reaction.Words} |", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_buss_words_are_made_fit_for_a_log()
    {
        var fault = BusFault.Of(new AmqpException(new Error("amqp:internal-error") { Description = "a\nb" + new string('x', 10_000) }));

        Assert.StartsWith("a b", fault.Text, StringComparison.Ordinal);
        Assert.Equal(200, fault.Text.Length);
    }

    [Fact]
    public void The_back_off_doubles_to_its_bound_with_jitter_and_begins_anew_after_a_life_that_held()
    {
        var backOff = new BusBackOff(new BusOptions());
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            Assert.InRange(backOff.Next(TimeSpan.Zero), TimeSpan.FromSeconds(seconds / 2.0), TimeSpan.FromSeconds(seconds));
        }

        Assert.InRange(backOff.Next(TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void An_option_out_of_its_bounds_is_refused_by_name()
    {
        Assert.Contains("SendDeadline", Assert.Throws<ArgumentOutOfRangeException>(() => new BusOptions { SendDeadline = TimeSpan.FromHours(1) }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BusOptions { LongestBackOff = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BusOptions { MostPendingSends = 0 });
        Assert.Throws<ArgumentException>(() => new BusMessage { MessageId = "", Body = default });
        Assert.Throws<ArgumentException>(() => new BusMessage { MessageId = new string('x', 129), Body = default });
    }
}
