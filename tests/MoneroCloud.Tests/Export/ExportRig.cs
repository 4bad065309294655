using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests.Export;

/// <summary>A monitor with something of everything, and how its state is taken out, put in and read.</summary>
internal static class ExportRig
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static (long, bool) Told(MonitorReply<ImportAnswer> reply) => Assert.IsType<MonitorReply<ImportAnswer>.Got>(reply).Value is var answer ? (answer.Stored, answer.Done) : default;

    public static Task<CommandRun> RunAsync(ApiUnderTest api, params string[] arguments) =>
        CommandRun.OfAsync(arguments, [$"MONEROCLOUD_MONITOR={api.Address}", $"MONEROCLOUD_KEY={ApiSetup.Operator}"], TimeProvider.System);

    public static MonitorClient Client(ApiUnderTest api) =>
        new(new MonitorTarget { Address = api.Address, Key = MonitorKey.TryParse(ApiSetup.Operator, out var key) ? key : null });

    public static async Task<List<(string Key, string Doc, int? Pid, bool? Worked, string? WorkedData, DateTimeOffset? Due)>> RowsAsync(ApiUnderTest api, string prefix)
    {
        var rows = new List<(string, string, int?, bool?, string?, DateTimeOffset?)>();
        foreach (var shard in Shard.All)
        {
            await foreach (var row in api.Monitor.Table.RangeAsync(shard, KeyRange.Prefix(prefix), int.MaxValue, Cancellation))
            {
                rows.Add((row.Key.Key, row.Doc, row.Pid, row.Worked, row.WorkedData, row.Due));
            }
        }

        return rows;
    }

    /// <summary>At least one row of every kind.</summary>
    public static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "second"));
        await api.StoreSilentAsync(StoredFleet.Agent("quiet", null, "main"), ApiSetup.Noon.AddMinutes(-2), 1);
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("host.second", HealthState.Down, Condition.Exited), StoredFleet.Node("quiet.main"));
        await api.HistoryAsync("host.main", [.. Messages.RowSamples.History]);
        await api.RollupsAsync(StoredFleet.Id("host.main"), RollupSpan.Hour, Messages.RowSamples.Hour);
        await api.RollupsAsync(StoredFleet.Id("host.main"), RollupSpan.Day, Messages.RowSamples.Hour with { Start = RollupSpan.Day.StartOf(ApiSetup.Noon).ToUnixTimeSeconds() });
        await AlertApiTests.PendAsync(api, AlertApiTests.Alert("host.main", 3));
        await AlertApiTests.EndAsync(api, AlertApiTests.Alert("host.main", 0), refused: null);
        await api.PostAsync("/api/nodes/host.main/restart");
        Assert.Equal(201, (await api.PostAsync("/api/silences", json: """{"match":{"subjects":["host.*"]},"minutes":120,"by":"alice","comment":"a move"}""")).Code);
        var (open, over) = (StoredIncidents.Open("host.second", 5), StoredIncidents.Open("host.main", 50) with { State = IncidentState.Resolved, ResolvedAt = ApiSetup.Noon });
        var place = new Row { Key = Keys.IncidentPlace(open.Id)!.Value, Doc = JsonSerializer.Serialize(new IncidentPlace(open.Subject, open.OpenedAt), MonitorJson.Default.IncidentPlace) };
        foreach (var row in new[] { Incident(Keys.OpenIncident(open.Subject), open), Incident(Keys.ClosedIncident(over), over), place })
        {
            Assert.IsType<CommitResult.Committed>(await api.Table.CommitAsync([new RowChange.Put(row)], Cancellation));
        }

        Assert.True(await KeptConfig.KeepAsync(api.Table, new MonitorConfigText("{}", System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty), ApiSetup.Noon, Cancellation));
        return api;
    }

    private static Row Incident(RowKey key, Incident incident) => new() { Key = key, Doc = JsonSerializer.Serialize(incident, CoreJson.Default.Incident), Due = ApiSetup.Noon };
}
