using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class AzureMailNotifierTests : NotifierContract
{
    [Fact]
    public async Task Without_a_token_it_is_deferred_and_nothing_is_posted()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        using var notifier = new AzureMailNotifier(Channel(receiver.Address), new FixedToken(null), TimeProvider.System);

        var sent = await notifier.SendAsync(SampleNotices.OneDown, TestContext.Current.CancellationToken);

        Assert.Equal(new Notified.Deferred("no token of the managed identity (CredentialUnavailableException)", null), sent);
        Assert.Empty(receiver.Posts);
    }

    [Fact]
    public async Task It_is_posted_as_the_service_takes_it_with_the_identitys_token()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        using var notifier = new AzureMailNotifier(Channel(receiver.Address), new FixedToken("token"), TimeProvider.System);

        await notifier.SendAsync(SampleNotices.OneDown, TestContext.Current.CancellationToken);

        var post = Assert.Single(receiver.Posts);
        Assert.Equal(("/emails:send?api-version=2023-03-31", "Bearer token"), (post.Target, post.Headers["Authorization"]));
    }

    private protected override async Task<ChannelUnderTest> OpenAsync() =>
        new HttpChannelUnderTest(await AlertReceiver.StartAsync(), Make, "Operation-Location")
        {
            SecretsSent = [FixedToken.Secret],
            LongestMessage = 512 * 1024,
            TakesAnyId = false,
            Located = id => $"https://mail.communication.azure.com/emails/operations/{id}?api-version=2023-03-31",
        };

    private static AzureMailNotifier Make(Uri address, TimeSpan? deadline) => new(Channel(address), new FixedToken(FixedToken.Secret), TimeProvider.System, deadline);

    private static AzureMailChannel Channel(Uri address) => new("mail") { Endpoint = address, Sender = "DoNotReply@00000000-0000-4000-8000-000000000000.azurecomm.net", To = ["ops@example.org", "night@example.org"] };
}
