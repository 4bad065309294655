using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class HttpPosterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await AlertReceiver.StartAsync();
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = new PostAnswer.Status(307) { Headers = new Dictionary<string, string> { ["Location"] = elsewhere.Address.AbsoluteUri } };

        Assert.IsType<Notified.Refused>(await PostAsync(receiver.Address));
        Assert.Equal((1, 0), (receiver.Posts.Count, elsewhere.Posts.Count));
    }

    [Fact]
    public async Task What_was_taken_stays_taken_though_the_rest_of_the_answer_never_comes()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = new PostAnswer.HeadOnly(200);
        var time = new FakeTimeProvider();
        using var poster = new HttpPoster(time, TimeSpan.FromSeconds(10), Redaction.Nothing);

        var sent = await poster.PostAsync(
            _ => ValueTask.FromResult(HttpPoster.Request(receiver.Address, "key", "{}"u8.ToArray())),
            async (response, limit) =>
            {
                // The head has come; the time is up in the middle of the rest.
                var rest = response.Content.ReadAsStringAsync(limit);
                time.Advance(TimeSpan.FromSeconds(11));
                return await rest;
            },
            Cancellation);

        Assert.Equal(new Notified.Delivered("HTTP 200"), sent);
    }

    [Fact]
    public async Task Each_call_is_one_try()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer = new PostAnswer.Status(503);

        await PostAsync(receiver.Address);

        Assert.Single(receiver.Posts);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_told_without_its_name()
    {
        var sent = Assert.IsType<Notified.Deferred>(await PostAsync(new Uri("http://no-such-host.invalid/secret")));

        Assert.DoesNotContain("invalid", sent.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_its_own_gets_it_only_when_that_is_the_one_named()
    {
        using var certificate = SelfSigned();
        await using var receiver = await AlertReceiver.StartAsync(certificate: certificate);
        var named = new TlsTrust.Fingerprint(certificate.GetCertHashString(HashAlgorithmName.SHA256));

        Assert.StartsWith("no TLS: its certificate's SHA-256 fingerprint is ", Why(await PostAsync(receiver.Address, named with { Sha256 = new string('0', 64) })), StringComparison.Ordinal);
        Assert.StartsWith("no TLS: ", Why(await PostAsync(receiver.Address)), StringComparison.Ordinal);
        Assert.Empty(receiver.Posts);
        Assert.IsType<Notified.Delivered>(await PostAsync(receiver.Address, named));
        Assert.Single(receiver.Posts);
    }

    private static string Why(Notified sent) => Assert.IsType<Notified.Deferred>(sent).Why;

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=receiver", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static async Task<Notified> PostAsync(Uri address, TlsTrust? trust = null)
    {
        using var poster = new HttpPoster(TimeProvider.System, null, Redaction.Nothing, trust);
        return await poster.PostAsync(_ => ValueTask.FromResult(HttpPoster.Request(address, "key", "{}"u8.ToArray())), (_, _) => ValueTask.FromResult<string?>(null), Cancellation);
    }
}
