using Amqp;
using Amqp.Framing;
using MoneroCloud.Core;
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
