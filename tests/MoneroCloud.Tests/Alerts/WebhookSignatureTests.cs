using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class WebhookSignatureTests
{
    private const string Key = "0123456789abcdef";

    [Fact]
    public async Task A_receiver_verifies_it_as_the_documentation_says()
    {
        var time = new FakeTimeProvider(SampleNotices.At);
        await using var receiver = await AlertReceiver.StartAsync();
        using var notifier = Notifier(receiver.Address, time);

        await notifier.SendAsync(SampleNotices.OneDown, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(1));
        await notifier.SendAsync(SampleNotices.OneDown, TestContext.Current.CancellationToken);

        Assert.All(receiver.Posts, p => Assert.True(IsGenuine(p, Key)));
        Assert.All(receiver.Posts, p => Assert.False(IsGenuine(p, "another-key-of-16")));
        Assert.All(receiver.Posts, p => Assert.False(IsGenuine(p with { Body = [.. p.Body, (byte)' '] }, Key)));
        Assert.Equal([SampleNotices.At.ToUnixTimeSeconds(), SampleNotices.At.ToUnixTimeSeconds() + 60], receiver.Posts.Select(TimeOf));
        Assert.Equal("application/json; charset=utf-8", receiver.Posts.First().Headers["Content-Type"]);
    }

    [Fact]
    public void It_is_the_hmac_that_other_programs_make() => // printf '%s' '1768473045.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
        Assert.Equal(
            $"t=1768473045,v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), "1768473045.{}"u8))}",
            WebhookNotifier.Signature(Encoding.UTF8.GetBytes(Key), DateTimeOffset.FromUnixTimeSeconds(1_768_473_045), "{}"u8));

    [Fact]
    public async Task Without_a_key_nothing_is_signed()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        using var notifier = new WebhookNotifier(new WebhookChannel("hook") { Url = new PostTarget.Plain(receiver.Address) }, AlertSecrets.None, TimeProvider.System);

        await notifier.SendAsync(SampleNotices.OneDown, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(WebhookNotifier.SignatureHeader, Assert.Single(receiver.Posts).Headers.Keys);
    }

    private static WebhookNotifier Notifier(Uri address, TimeProvider time)
    {
        var channel = new WebhookChannel("hook") { Url = new PostTarget.Plain(address), Key = AlertSetting.Name("ALERT_KEY") };
        return new WebhookNotifier(channel, AlertSetting.Secrets(channel, ("ALERT_KEY", Key)), time);
    }

    /// <summary>docs/alerts.md, in this language.</summary>
    private static bool IsGenuine(ReceivedPost post, string key)
    {
        var parts = post.Headers["X-MoneroCloud-Signature"].Split(',').ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]);
        byte[] signed = [.. Encoding.UTF8.GetBytes(parts["t"] + "."), .. post.Body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed);
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(parts["v1"]));
    }

    private static long TimeOf(ReceivedPost post) => long.Parse(post.Headers["X-MoneroCloud-Signature"].Split(',')[0][2..], CultureInfo.InvariantCulture);
}
