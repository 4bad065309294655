using System.Collections.Immutable;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigHostTests
{
    [Fact]
    public void The_real_host_tells_its_name_user_and_port_range()
    {
        var host = HostFacts.Read();

        Assert.Equal(Environment.MachineName, host.HostName);
        Assert.Equal(Environment.UserName == "root", host.User == 0);
        Assert.InRange(host.OutgoingPorts.Low, 1, host.OutgoingPorts.High);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), host.Variable("PATH"));
    }

    [Theory]
    [InlineData(0, "/x", "/home/a", "/var/lib/monerocloud")]
    [InlineData(1000, "/x", "/home/a", "/x/monerocloud")]
    [InlineData(1000, "relative", "/home/a", "/home/a/.local/state/monerocloud")]
    [InlineData(1000, "", "/home/a", "/home/a/.local/state/monerocloud")]
    [InlineData(1000, "", "", null)]
    public void The_state_folder_follows_the_user(uint user, string state, string home, string? expected)
    {
        var host = HostFacts.Read() with
        {
            User = user,
            Variables = ImmutableDictionary<string, string>.Empty.Add("XDG_STATE_HOME", state).Add("HOME", home),
        };

        Assert.Equal(expected, host.DefaultStateFolder());
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("10m", 600_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1500ms", 1_500)]
    [InlineData("0ms", 0)]
    public void A_duration_is_read_and_written_alike(string text, int milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal((milliseconds, text), (duration.TotalMilliseconds, DurationText.Format(duration)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("5d")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5s ")]
    [InlineData("1234567890s")]
    [InlineData("٣s")]
    public void What_is_no_duration_is_not_read(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("prot", "port")]
    [InlineData("PORT", "port")]
    [InlineData("argument", "arguments")]
    [InlineData("enviroment", "environment")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void A_mistyped_key_is_recognised(string typed, string? expected) =>
        Assert.Equal(expected, NearestKey.Find(typed, ["name", "port", "arguments", "environment"]));
}
