using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The facade for programs: an answer, or one exception.</summary>
public sealed class NodeChecksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_stores_nothing_and_an_update_does()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(
            Told.Json(Told.Check(true, Condition.Healthy, "answers")), Told.Json(Told.Check(false, Condition.Exited, "the process is gone"))));
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address });
        var checks = new NodeChecks(client);

        Assert.True((await checks.CheckAsync("main", cancellation: Cancellation)).Status);
        var failed = await checks.UpdateAsync("main", CheckMethod.Full, Cancellation);

        Assert.Equal((false, "the process is gone"), (failed.Status, failed.Details.Explanation));
        Assert.Equal(
            ["POST /api/nodes/main/check?method=api&save=false&wait=25", "POST /api/nodes/main/check?method=full&save=true&wait=25"],
            peer.Requests.Select(request => request.Head[..request.Head.IndexOf(" HTTP/", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_check_that_an_agent_makes_is_waited_for()
    {
        var answer = new MethodAnswer(true, Told.Data(Condition.Healthy, "answers"));
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(
            Told.Json(Told.Order(OrderState.Sent, verb: OrderVerb.Check), 202),
            Told.Json(Told.Order(OrderState.Taken, verb: OrderVerb.Check)),
            Told.Json(Told.Order(OrderState.Ended, Told.Outcome(OutcomeResult.Done, "checked") with { Answer = answer }, OrderVerb.Check))));
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address });

        var told = await new NodeChecks(client).CheckAsync("main", CheckMethod.Pid, Cancellation);

        Assert.Equal((true, "answers"), (told.Status, told.Details.Explanation));
        Assert.Equal(3, peer.Requests.Count);
    }

    [Fact]
    public async Task All_nodes_are_one_call()
    {
        var summary = CheckSummary.Of([CheckedNode.Of(new NodeId(NodeName.Parse("host"), NodeName.Parse("main")), HealthState.Down, "gone")]);
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Json(summary)));
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address });

        var told = await new NodeChecks(client).CheckAllAsync(CheckMethod.Full, save: true, Cancellation);

        Assert.Equal((1, 0, 1), (told.Total, told.Working, told.Failed));
        Assert.Equal("gone", told.Nodes[0].Message);
        Assert.StartsWith("POST /api/nodes/check?method=full&save=true&wait=25 ", peer.Requests.Single().Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "Unknown node: there is no node main")]
    [InlineData(401, "Unknown node: there is no node main")]
    public async Task A_refusal_is_one_exception_with_its_status(int status, string text)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Problem(status, "Unknown node", "there is no node main")));
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address });

        var thrown = await Assert.ThrowsAsync<MonitorException>(() => new NodeChecks(client).CheckAsync("main", cancellation: Cancellation));

        Assert.Equal((status, text), (thrown.Status, thrown.Message));
    }

    [Fact]
    public async Task A_monitor_that_is_away_and_an_agent_that_does_not_answer_are_one_exception_without_a_status()
    {
        using var nobody = new MonitorClient(new MonitorTarget { Address = new Uri($"http://127.0.0.1:{FreePort.Next()}") });
        var away = await Assert.ThrowsAsync<MonitorException>(() => new NodeChecks(nobody).HealthAsync(Cancellation));
        Assert.Null(away.Status);
        Assert.Contains("refuses the connection", away.Message, StringComparison.Ordinal);

        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Json(Told.Order(OrderState.Sent), 202), Told.Json(Told.Order(OrderState.Expired))));
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address });
        var expired = await Assert.ThrowsAsync<MonitorException>(() => new NodeChecks(client).CheckAsync("main", cancellation: Cancellation));
        Assert.Equal($"The check of main was not made: its agent host did not take the order {Told.OrderId} in time", expired.Message);

        await using var slow = ScriptedHttpPeer.Start(Play.Answers(Told.Json(Told.Order(OrderState.Sent), 202)));
        using var patient = new MonitorClient(new MonitorTarget { Address = slow.Address });
        var late = await Assert.ThrowsAsync<MonitorException>(() => new NodeChecks(patient) { Patience = TimeSpan.Zero }.CheckAsync("main", cancellation: Cancellation));
        Assert.Contains("has not answered the order", late.Message, StringComparison.Ordinal);
    }
}
