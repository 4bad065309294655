using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>What the API says while the storage is away, and what it never says.</summary>
public sealed class StorageAwayTests
{
    private const string PlantedLogin = "planted-login-of-a-node";

    [Fact]
    public async Task Every_endpoint_that_needs_it_says_so_without_details()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        api.Table.Away = true;

        foreach (var (method, target) in new[]
        {
            ("GET", "/api/nodes"), ("GET", "/api/nodes/host.main"), ("GET", "/api/nodes/main"), ("GET", "/api/nodes/host.main/history"), ("GET", "/api/agents"),
            ("GET", "/api/alerts"), ("GET", "/api/refusals"), ("GET", "/api/orders/000000000000000000000000000000000"), ("POST", "/api/nodes/host.main/restart"),
            ("POST", "/api/nodes/host.main/check"), ("POST", "/api/nodes/check"), ("DELETE", "/api/agents/host"), ("GET", "/dashboard"),
            ("GET", "/api/incidents"), ("GET", $"/api/incidents/{new string('0', 25)}"), ("POST", $"/api/incidents/{new string('0', 25)}/ack"), ("DELETE", $"/api/incidents/{new string('0', 25)}/ack"),
            ("POST", $"/api/incidents/{new string('0', 25)}/resolve"), ("GET", "/api/silences"), ("DELETE", "/api/silences/000000000000"), ("GET", "/dashboard/incidents"),
            ("GET", $"/dashboard/incidents/{new string('0', 25)}"),
        })
        {
            var reply = await api.SendAsync(method, target, ApiSetup.Operator);
            Assert.Equal("the storage cannot be used at this moment; the log of the monitor says why", reply.Problem(503));
            Assert.Equal("5", reply.Headers["Retry-After"]);
        }

        Assert.Equal(0, api.Bus.Count);
        Assert.Contains(api.Lines, line => line.Contains(AwayTable.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_secret_is_in_any_answer_or_line()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(
            StoredFleet.Id("host.main"), new Uri("http://127.0.0.1:1"), new RpcLogin("user", PlantedLogin)));
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"));

        foreach (var (method, target) in new[]
        {
            ("GET", "/api/health"), ("GET", "/api/nodes"), ("GET", "/api/nodes/host.main"), ("GET", "/api/nodes/host.main/history"), ("GET", "/api/agents/host"), ("GET", "/api/alerts"),
            ("POST", "/api/nodes/host.main/check"), ("POST", "/api/nodes/host.main/check?save=true"), ("POST", "/api/nodes/check"), ("POST", "/api/nodes/main/restart"), ("GET", "/dashboard"),
        })
        {
            await api.SendAsync(method, target, ApiSetup.Operator);
            await api.SendAsync(method, target, ApiSetup.Viewer);
            await api.SendAsync(method, target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "code=" + ApiSetup.Operator, ApiSetup.OldOperator);
        }

        await api.PostAsync("/api/agents", json: $$"""{"name":"fresh","key":{{PublishedKey.Jwk}}}""");
        Assert.Contains(AgentBusDouble.Secret, api.Replies[^1].Text, StringComparison.Ordinal); // What is looked for can be found.
        api.Replies.RemoveAt(api.Replies.Count - 1);

        var said = string.Concat(api.Replies.Select(r => r.Text + string.Concat(r.Headers.Values))) + string.Concat(api.Lines);
        Assert.All(
            [ApiSetup.Operator, ApiSetup.OldOperator, ApiSetup.Viewer, PlantedLogin, AgentBusDouble.Secret],
            secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }
}
