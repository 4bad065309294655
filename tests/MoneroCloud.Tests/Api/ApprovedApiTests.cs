using System.Text.RegularExpressions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The texts of the API are a contract: members are added, never renamed. MONEROCLOUD_APPROVE=1 writes them.</summary>
public sealed partial class ApprovedApiTests
{
    [Fact]
    public async Task Health()
    {
        await using var api = await FleetAsync();
        await api.TickAsync(ApiSetup.Noon.AddSeconds(-30));

        Approve("health", 503, await api.GetAsync("/api/health", key: null));
    }

    [Fact]
    public async Task Health_without_storage()
    {
        await using var api = await ApiUnderTest.StartAsync();
        api.Table.Away = true;

        Approve("health-storage", 503, await api.GetAsync("/api/health", key: null));
    }

    [Theory]
    [InlineData("nodes", 200, "/api/nodes?limit=2")]
    [InlineData("node", 200, "/api/nodes/host.main")]
    [InlineData("node-remote", 200, "/api/nodes/remote.shop")]
    [InlineData("node-silent", 200, "/api/nodes/quiet.main")]
    [InlineData("node-missing", 404, "/api/nodes/nobody")]
    [InlineData("node-ambiguous", 409, "/api/nodes/main")]
    [InlineData("history", 200, "/api/nodes/host.main/history?limit=3")]
    [InlineData("uptime", 200, "/api/nodes/host.main/uptime?since=2026-01-15T11:50:00Z&slices=2")]
    [InlineData("rollups", 200, "/api/nodes/host.main/rollups?span=hour&since=2026-01-15T09:00:00Z&limit=2")]
    [InlineData("node-held", 200, "/api/nodes/host.second")]
    [InlineData("agents", 200, "/api/agents")]
    [InlineData("agent", 200, "/api/agents/host")]
    [InlineData("alerts", 200, "/api/alerts")]
    [InlineData("refusals", 200, "/api/refusals")]
    public async Task Reading(string name, int code, string target)
    {
        await using var api = await FleetAsync();

        Approve(name, code, await api.GetAsync(target));
    }

    [Theory]
    [InlineData("check-remote", 200, "/api/nodes/remote.shop/check")]
    [InlineData("check-accepted", 202, "/api/nodes/host.main/check?method=full&wait=0")]
    [InlineData("check-all", 200, "/api/nodes/check?method=pid&wait=0")]
    [InlineData("restart", 202, "/api/nodes/host.main/restart")]
    [InlineData("restart-remote", 422, "/api/nodes/remote.shop/restart")]
    [InlineData("reload", 202, "/api/agents/host/reload")]
    public async Task Doing(string name, int code, string target)
    {
        await using var api = await FleetAsync();

        Approve(name, code, await api.PostAsync(target));
    }

    [Fact]
    public async Task An_order_that_has_ended()
    {
        await using var api = await FleetAsync();
        await api.PostAsync("/api/nodes/host.main/restart");
        var order = await api.NextOrderAsync();
        await api.EndAsync(order, new Outcome { Result = OutcomeResult.Done, Text = "restarted in 3 s", Before = order.Identity, After = order.Identity! with { Pid = 4712, StartTicks = 999999 } });

        Approve("order", 200, await api.GetAsync($"/api/orders/{order.Id}"));
        Approve("orders", 200, await api.GetAsync("/api/nodes/host.main/orders"));
    }

    [Fact]
    public async Task An_enrolment()
    {
        await using var api = await FleetAsync();

        Approve("enrolment", 201, await api.PostAsync("/api/agents", json: $$"""{"name":"fresh","key":{{PublishedKey.Jwk}}}"""));
    }

    [Fact]
    public async Task Refusals_of_a_caller()
    {
        await using var api = await FleetAsync();

        Approve("no-key", 401, await api.GetAsync("/api/nodes", key: null));
        Approve("wrong-role", 403, await api.PostAsync("/api/nodes/host.main/restart", ApiSetup.Viewer));
        Approve("key-in-address", 400, await api.GetAsync("/api/nodes?code=x"));
        Approve("bad-parameter", 400, await api.GetAsync("/api/nodes?limit=5000"));
    }

    private static void Approve(string name, int code, ApiReply reply)
    {
        Assert.Equal(code, reply.Code);
        Assert.Equal(reply.Text.StartsWith("""{"type":""", StringComparison.Ordinal) ? "application/problem+json" : "application/json", reply.ContentType);
        GeneratedFile.IsUpToDate($"tests/MoneroCloud.Tests/Api/Approved/{name}.json", OrderId().Replace(reply.Text, "ORDER") + "\n");
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{33}(?![0-9a-f])")]
    private static partial Regex OrderId();

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("remote.shop"), new Uri("http://127.0.0.1:1"), kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "second"));
        await api.StoreSilentAsync(StoredFleet.Agent("quiet", null, "main"), ApiSetup.Noon.AddMinutes(-2), 1);
        await api.StoreAsync(
            StoredFleet.Node("host.main"),
            StoredFleet.Node("host.second", HealthState.Down, Condition.Exited) with
            {
                Identity = null,
                Restarts = 3,
                Breaker = new BreakerStanding { State = BreakerState.Open, Since = ApiSetup.Noon.AddMinutes(-1), Why = "5 starts in 10 min did not last 10 s", NextTry = ApiSetup.Noon.AddMinutes(9) },
                LastRestart = Messages.RowSamples.LastRestart,
                HeldRestart = new HeldRestart(Condition.Hung, "the fleet's budget of 1 in 10 min is used up", ApiSetup.Noon),
            },
            StoredFleet.Node("quiet.main"),
            StoredFleet.Node("remote.shop", HealthState.Degraded, Condition.AuthRejected) with { Identity = null, Phase = null });
        await api.HistoryAsync(
            "host.main",
            new HistoryEntry { At = ApiSetup.Noon.AddMinutes(-1), Place = "1.4", Fact = new NodeFact.Spawned(4711) },
            new HistoryEntry { At = ApiSetup.Noon.AddMinutes(-2), Place = "1.3", Fact = new NodeFact.Exited(4710, null, 9, ExitCause.Unknown, false), Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, ApiSetup.Noon.AddMinutes(-2), "it was ended by signal 9") },
            new HistoryEntry { At = ApiSetup.Noon.AddMinutes(-3), Place = "1.2", Fact = new NodeFact.Answered(65561, 900) },
            new HistoryEntry { At = ApiSetup.Noon.AddMinutes(-4), Place = "1.1", Fact = new NodeFact.Spawned(4710) });
        await api.RollupsAsync(StoredFleet.Id("host.main"), RollupSpan.Hour, Messages.RowSamples.Hour with { Start = ApiSetup.Noon.AddHours(-2).ToUnixTimeSeconds() });
        await AlertApiTests.PendAsync(api, AlertApiTests.Alert("host.main", 3));
        await AlertApiTests.EndAsync(api, AlertApiTests.Alert("host.main", 0), refused: null);
        await Refusals.CountAsync(api.Monitor, Names.ReportsQueue, "malformed", TestContext.Current.CancellationToken);
        return api;
    }
}
