using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MoneroCloud.Core;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The texts about incidents, silences and test alerts are a contract as those of <see cref="ApprovedApiTests"/>.</summary>
public sealed partial class ApprovedOperatorTests
{
    private static readonly Incident Open = StoredIncidents.Open("host.main", 10) with
    {
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("zone", "eu"),
        Daemon = StoredFleet.Id("host.daemon"),
        Reminders = 1,
        Held = new Hold("silence 0123456789ab (a move)", ApiSetup.Noon, ApiSetup.Noon.AddHours(1)),
    };

    [Fact]
    public async Task Incidents()
    {
        await using var api = await FleetAsync();

        Approve("incidents", 200, await api.GetAsync("/api/incidents?state=all&limit=2"));
        Approve("incident", 200, await api.GetAsync($"/api/incidents/{Open.Id}"));
        Approve("incident-acknowledged", 200, await api.PostAsync($"/api/incidents/{Open.Id}/ack", json: """{"minutes":60,"by":"alice","comment":"the disk is full"}"""));
        Approve("incident-resolved", 200, await api.PostAsync($"/api/incidents/{Open.Id}/resolve", json: """{"by":"alice"}"""));
        Approve("incident-over", 409, await api.PostAsync($"/api/incidents/{Open.Id}/ack"));
    }

    [Fact]
    public async Task Silences()
    {
        await using var api = await FleetAsync();

        Approve(
            "silence",
            201,
            await api.PostAsync("/api/silences", json: """{"match":{"subjects":["host.*"],"agents":["host"],"conditions":["hung"],"severities":["critical"],"kinds":["down"],"labels":{"zone":"eu"}},"from":"2026-01-15T13:00:00Z","until":"2026-01-15T14:00:00Z","by":"alice","comment":"a move"}"""));
        Approve("maintenance", 201, await api.PostAsync("/api/maintenance", json: """{"node":"host.main","minutes":60}"""));
        Approve("silences", 200, await api.GetAsync("/api/silences"));
    }

    [Fact]
    public async Task A_test_alert()
    {
        await using var api = await FleetAsync();

        var reply = await api.PostAsync("/api/alerts/test", json: """{"channel":"log","by":"alice"}""");
        Approve("alert-test", 202, reply);
        Assert.Equal($"/api/alerts?subject=monitor&alert={reply.Read(ApiJson.Default.AlertTestAnswer, 202).Alert}", reply.Headers["Location"]);
        Approve("alert-test-pending", 200, await api.GetAsync(reply.Headers["Location"]));
    }

    private static void Approve(string name, int code, ApiReply reply)
    {
        Assert.Equal(code, reply.Code);
        GeneratedFile.IsUpToDate($"tests/MoneroCloud.Tests/Api/Approved/{name}.json", RandomId().Replace(reply.Text, "$1ID$2") + "\n");
    }

    /// <summary>Of a silence, and of a test alert.</summary>
    [GeneratedRegex("(\"(?:id|alert)\":\")(?:[0-9a-f]{24}|[0-9a-f]{12})(\")")]
    private static partial Regex RandomId();

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.Table.StoreAsync(Open, StoredIncidents.Resolved("host.second", 60), StoredIncidents.Resolved("host", 90));
        await api.Table.HistoryAsync(
            "host.main",
            new HistoryEntry { At = Open.OpenedAt, Place = "1.3", Fact = new NodeFact.Exited(4710, null, 9, ExitCause.Unknown, false), Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, Open.OpenedAt, "it was ended by signal 9") },
            new HistoryEntry { At = Open.OpenedAt.AddMinutes(1), Place = "1.4", Fact = new NodeFact.Proved(Messages.WireSamples.Proof) });
        await api.Table.DeliveredAsync(StoredIncidents.Delivery(StoredIncidents.Alert(Open, 30)));
        return api;
    }
}
