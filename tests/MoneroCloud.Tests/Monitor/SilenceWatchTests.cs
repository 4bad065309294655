using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SilenceWatchTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_monitor_that_acks_nothing_for_five_minutes_is_told_of_and_again_each_hour()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once("HTTP/1.1 204 No Content\r\n\r\n"));
        await using var agent = new EnrolledAgent();
        agent.Config = agent.Config with { Webhook = new Secret("env:HOOK", $"{peer.Address}hook/secret-token") };
        agent.Begin();
        var since = agent.Clock.Wall;
        await agent.PassUntilAsync(() => peer.Requests.Count == 1, Step);
        Assert.InRange(agent.Clock.Now, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20));

        var notice = peer.Requests.Single();
        Assert.StartsWith("POST /hook/secret-token HTTP/1.1", notice.Head, StringComparison.Ordinal);
        Assert.Contains($"\"agent\":\"host\",\"silent_since\":\"{since:yyyy-MM-ddTHH:mm:ss}", notice.Body, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"the monitor at http://127.0.0.1:7071/ has been silent since", notice.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", agent.Log.ToString(), StringComparison.Ordinal);

        var first = agent.Clock.Now;
        await agent.PassUntilAsync(() => peer.Requests.Count == 2, TimeSpan.FromMinutes(1));
        Assert.InRange(agent.Clock.Now - first, TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(90));
    }

    [Fact]
    public async Task When_it_answers_again_that_is_logged_and_the_next_silence_is_a_new_one()
    {
        await using var agent = new EnrolledAgent().Begin();
        await agent.PassUntilAsync(() => Logged(agent, "has been silent since"), Step);
        agent.Bus.Put(agent.Signed(new EventPosition(1, 0)));
        await agent.PassUntilAsync(() => Logged(agent, "answers again"), Step);
    }

    [Fact]
    public async Task Acks_in_time_keep_it_quiet()
    {
        await using var agent = new EnrolledAgent().Begin();
        for (var minute = 0; minute < 30; minute++)
        {
            await agent.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));
            agent.Bus.Put(agent.Signed(new EventPosition(1, 0)));
            await agent.PassUntilAsync(() => agent.Bus.Completed == minute + 1, TimeSpan.FromMilliseconds(1));
        }

        Assert.False(Logged(agent, "silent"));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "HTTP 500")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "HTTP 302")]
    [InlineData("nonsense", "ResponseEnded")]
    public async Task A_webhook_that_does_not_take_it_is_a_text_without_its_address(string answer, string problem)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(answer));
        var said = await Webhook.PostAsync(new Secret("env:HOOK", $"{peer.Address}hook/secret-token"), new SilenceNotice("t", "a", default), TestContext.Current.CancellationToken);
        Assert.Equal(problem, said);
        Assert.Equal(1, peer.Connections);
    }

    private static bool Logged(EnrolledAgent agent, string text) => agent.Log.ToString().Contains(text, StringComparison.Ordinal);
}
