using System.Net;
using System.Net.Http.Headers;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class HttpOutcomeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Every_status_has_one_meaning()
    {
        var statuses = Enumerable.Range(200, 400).ToArray();
        var deferred = new[] { 408, 425, 429 }.Concat(Enumerable.Range(500, 100)).ToHashSet();

        foreach (var status in statuses)
        {
            var expected = status < 300 ? typeof(Notified.Delivered) : deferred.Contains(status) ? typeof(Notified.Deferred) : typeof(Notified.Refused);
            Assert.IsType(expected, HttpOutcome.Of((HttpStatusCode)status, null, Now));
        }
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0", 1)]
    [InlineData("86400", 3_600)]
    [InlineData("Thu, 15 Jan 2026 10:30:30 GMT", 30)]
    [InlineData("Thu, 15 Jan 2026 10:29:30 GMT", 1)]
    [InlineData("Fri, 16 Jan 2026 10:29:30 GMT", 3_600)]
    public void It_waits_as_asked_from_a_second_to_an_hour(string asked, int seconds)
    {
        var outcome = HttpOutcome.Of(HttpStatusCode.TooManyRequests, RetryConditionHeaderValue.Parse(asked), Now);

        Assert.Equal(new Notified.Deferred("HTTP 429", TimeSpan.FromSeconds(seconds)), outcome);
    }

    [Fact]
    public void Where_nothing_is_asked_it_is_left_to_the_outbox() =>
        Assert.Equal(new Notified.Deferred("HTTP 503", null), HttpOutcome.Of(HttpStatusCode.ServiceUnavailable, null, Now));

    [Fact]
    public void An_error_of_the_bare_socket_is_put_off_as_any_other() => Assert.Equal(
        new Notified.Deferred("no connection: NotConnected", null),
        HttpOutcome.Of(new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.NotConnected)));

    [Fact]
    public void A_redirect_is_refused_and_says_so() =>
        Assert.Equal(new Notified.Refused("HTTP 302: a redirect, which is not followed"), HttpOutcome.Of(HttpStatusCode.Found, null, Now));
}
