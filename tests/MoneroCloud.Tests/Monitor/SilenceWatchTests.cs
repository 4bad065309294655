using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SilenceWatchTests
{
    private const string Taken = "HTTP/1.1 204 No Content\r\n\r\n";

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
        Assert.Contains("\"event\":\"monitor_silent\",\"text\":\"the monitor at http://127.0.0.1:7071/ has been silent since", notice.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", agent.Log.ToString(), StringComparison.Ordinal);

        // Both posts take their real time, in which the clock goes on: in small steps, so that it does not go far.
        var first = agent.Clock.Now;
        await agent.PassUntilAsync(() => peer.Requests.Count == 2, Step);
        Assert.InRange(agent.Clock.Now - first, TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(110));
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
        var said = await Webhook.PostAsync(new Secret("env:HOOK", $"{peer.Address}hook/secret-token"), new SilenceNotice(SilenceNotice.Silent, "t", "a", default, 0, 0), TestContext.Current.CancellationToken);
        Assert.Equal(problem, said);
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task It_says_how_many_nodes_do_not_serve_and_once_that_the_monitor_is_heard_again()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Taken));
        await using var agent = new EnrolledAgent { States = [Node("a", isNotUp: true), Node("b"), Node("c", isNotUp: true)] };
        agent.Config = agent.Config with { Webhook = new Secret("env:HOOK", $"{peer.Address}hook") };
        agent.Begin();
        var since = agent.Clock.Wall;
        await agent.PassUntilAsync(() => peer.Requests.Count == 1, Step);
        Assert.EndsWith("\"nodes\":3,\"not_up\":2}", peer.Requests.Last().Body, StringComparison.Ordinal);

        agent.Bus.Put(agent.Signed(new EventPosition(1, 0)));
        await agent.PassUntilAsync(() => peer.Requests.Count == 2, Step);
        Assert.StartsWith("{\"event\":\"monitor_heard\",\"text\":\"the monitor at http://127.0.0.1:7071/, silent since", peer.Requests.Last().Body, StringComparison.Ordinal);
        Assert.Contains($"\"silent_since\":\"{since:yyyy-MM-ddTHH:mm:ss}", peer.Requests.Last().Body, StringComparison.Ordinal);

        await agent.PassAsync(TimeSpan.FromMinutes(4), Step);
        Assert.Equal(2, peer.Requests.Count);
        Assert.Null(agent.Journal.Silence);
    }

    [Fact]
    public async Task An_end_that_the_webhook_does_not_take_is_told_again_a_minute_later()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Taken), Play.Once("HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"), Play.Once(Taken));
        await using var agent = new EnrolledAgent();
        agent.Config = agent.Config with { Webhook = new Secret("env:HOOK", $"{peer.Address}hook") };
        agent.Begin();
        await agent.PassUntilAsync(() => peer.Requests.Count == 1, Step);

        agent.Bus.Put(agent.Signed(new EventPosition(1, 0)));
        await agent.PassUntilAsync(() => peer.Requests.Count == 3, Step);

        Assert.All(peer.Requests.Skip(1), r => Assert.Contains("monitor_heard", r.Body, StringComparison.Ordinal));
        await agent.PassUntilAsync(() => agent.Journal.Silence is null, Step);
    }

    /// <summary>The negative is the first test: without the journal the second life would tell it after one minute of its own.</summary>
    [Fact]
    public async Task A_restarted_agent_neither_tells_it_anew_nor_forgets_the_end()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Taken));
        var first = new EnrolledAgent();
        first.Config = first.Config with
        {
            Webhook = new Secret("env:HOOK", $"{peer.Address}hook"),
            Monitor = LinkPolicy.Default with { SilentAfter = TimeSpan.FromMinutes(1), SilentAgain = TimeSpan.FromMinutes(10) },
        };
        first.Begin();
        var since = first.Clock.Wall;
        await first.PassUntilAsync(() => peer.Requests.Count == 1 && first.Journal.Silence is not null, Step);
        var told = first.Journal.Silence!.ToldAt;
        await first.DisposeAsync();

        await using var second = new EnrolledAgent(first.Folder, first.Clock.Wall + TimeSpan.FromSeconds(30)) { Config = first.Config };
        second.Begin();
        await second.PassUntilAsync(() => second.Clock.Wall > told + TimeSpan.FromMinutes(9), Step);
        Assert.Single(peer.Requests);
        await second.PassUntilAsync(() => peer.Requests.Count == 2, Step);
        Assert.InRange(second.Clock.Wall - told, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(25));
        Assert.Contains($"\"silent_since\":\"{since:yyyy-MM-ddTHH:mm:ss}", peer.Requests.Last().Body, StringComparison.Ordinal);

        second.Bus.Put(second.Signed(new EventPosition(1, 0)));
        await second.PassUntilAsync(() => peer.Requests.Count == 3 && second.Journal.Silence is null, Step);
        Assert.Contains("monitor_heard", peer.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_of_another_monitor_is_over()
    {
        await using var agent = new EnrolledAgent();
        agent.Journal.Tell(new JournalRecord.MonitorSilent("http://elsewhere/", agent.Clock.Wall, agent.Clock.Wall));

        agent.Begin();

        await agent.PassUntilAsync(() => agent.Journal.Silence is null, Step);
    }

    private static ReportedState Node(string name, bool isNotUp = false) =>
        new(new ReportedNode { Inventory = new NodeInventory { Name = NodeName.Parse(name), Kind = NodeKind.Daemon, Port = 18081 } }, null) { IsNotUp = isNotUp };

    private static bool Logged(EnrolledAgent agent, string text) => agent.Log.ToString().Contains(text, StringComparison.Ordinal);
}
