using System.Net;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>How often somebody may try without a key.</summary>
public sealed class FailureLimitTests
{
    private readonly FakeTimeProvider _time = new(ApiSetup.Noon);

    [Fact]
    public void Ten_at_once_and_then_ten_a_minute()
    {
        var limit = new FailureLimit(_time);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(limit.Count(IPAddress.Loopback)));

        Assert.Equal(TimeSpan.FromSeconds(6), limit.Count(IPAddress.Loopback));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(limit.Count(IPAddress.Loopback));
        Assert.Equal(TimeSpan.FromSeconds(6), limit.Count(IPAddress.Loopback));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(limit.Count(IPAddress.Loopback)));
    }

    [Fact]
    public void One_address_does_not_use_up_another_ones_tries()
    {
        var limit = new FailureLimit(_time);
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => limit.Count(IPAddress.Loopback) is null));

        Assert.Null(limit.Count(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void All_addresses_together_are_bounded_too() =>
        Assert.Equal(120, new FailureLimit(_time) is var limit ? Enumerable.Range(0, 5_000).Count(i => limit.Count(new IPAddress(i + 1)) is null) : 0);

    [Fact]
    public void It_goes_on_counting_after_more_addresses_than_it_keeps()
    {
        var limit = new FailureLimit(_time);
        for (var i = 0; i < 6_000; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            limit.Count(new IPAddress(i + 1));
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => limit.Count(IPAddress.Loopback) is null));
    }

    [Fact]
    public async Task The_eleventh_failure_is_told_to_wait_and_a_valid_key_is_not()
    {
        await using var api = await ApiUnderTest.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            (await api.GetAsync("/api/nodes", "wrong")).Problem(401);
        }

        var reply = await api.GetAsync("/api/nodes", "wrong");

        Assert.Equal("too many requests without a valid key: wait, and look at the key", reply.Problem(429));
        Assert.Equal("6", reply.Headers["Retry-After"]);
        Assert.Equal(200, (await api.GetAsync("/api/nodes")).Code);
    }

    [Theory]
    [InlineData(true, 401)]
    [InlineData(false, 429)]
    public async Task The_last_hop_counts_behind_the_functions_host_and_nowhere_else(bool handler, int code)
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = handler });
        var last = 0;
        for (var i = 0; i < 11; i++)
        {
            // Whatever a client writes before it, the last one is the platform's.
            last = (await api.SendAsync("GET", "/api/nodes", "wrong", change: r => r.Headers.TryAddWithoutValidation("X-Forwarded-For", $"198.51.100.7, 192.0.2.{i}:4711"))).Code;
        }

        Assert.Equal(code, last);
    }

    [Fact]
    public async Task A_hop_that_a_client_invents_before_the_last_does_not_help()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true });
        var last = 0;
        for (var i = 0; i < 11; i++)
        {
            last = (await api.SendAsync("GET", "/api/nodes", "wrong", change: r => r.Headers.TryAddWithoutValidation("X-Forwarded-For", $"192.0.2.{i}, 198.51.100.7"))).Code;
        }

        Assert.Equal(429, last);
    }
}
