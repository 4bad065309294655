using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Nodes and agents as the triggers would have stored them.</summary>
internal static class StoredFleet
{
    public const string Boot = "6f0c7a62-0f0e-4f6e-9d6f-0a1b2c3d4e5f";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static NodeId Id(string text) => NodeId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    public static NodeRecord Node(string id, HealthState state = HealthState.Up, Condition condition = Condition.Healthy, DateTimeOffset? now = null)
    {
        var at = now ?? ApiSetup.Noon;
        var diagnosis = Diagnosed(state, condition);
        return NodeRecord.New(Id(id), NodeKind.WalletRpc, at.AddHours(-1)) with
        {
            Port = 18083,
            WalletDeclared = true,
            Identity = new ProcessIdentity(Boot, 4711, 123456, $"{id}:0123456789abcdef:00ff"),
            Phase = "running",
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("zone", "eu"),
            Health = new Health
            {
                State = state,
                Condition = condition,
                Since = at.AddMinutes(-5),
                Last = diagnosis,
                LastNumber = new ObservationNumber(1, 9),
                LastCheck = at.AddSeconds(-10),
            },
            WorkedData = new WorkedData.Api("http://127.0.0.1:18083/json_rpc", state == HealthState.Up ? 65561 : null, state == HealthState.Up ? null : "Connection refused", "API check")
            {
                LastCheck = at.AddSeconds(-10),
                Condition = condition,
                Explanation = diagnosis.Explanation,
            },
        };
    }

    private static Diagnosis Diagnosed(HealthState state, Condition condition) => new()
    {
        Condition = condition,
        State = state,
        Certainty = Certainty.Certain,
        Remedy = Remedy.None,
        Explanation = condition == Condition.Healthy ? "answers in 3 ms" : $"explained as {condition}",
    };

    public static AgentRecord Agent(string name, DateTimeOffset? now = null, params string[] nodes) => new()
    {
        Name = NodeName.Parse(name),
        Keys = [PublishedKey.Jwk],
        EnrolledAt = (now ?? ApiSetup.Noon).AddDays(-1),
        EnrolledBy = "operator",
        Epoch = 1,
        Report = 42,
        ReportedAt = (now ?? ApiSetup.Noon).AddSeconds(-19.5),
        ReceivedAt = (now ?? ApiSetup.Noon).AddSeconds(-20),
        Version = "1.0.0",
        Names = [.. nodes.Select(NodeName.Parse)],
    };

    public static async Task RollupsAsync(this ApiUnderTest api, NodeId node, RollupSpan span, params RollupBucket[] buckets)
    {
        foreach (var bucket in buckets)
        {
            await api.Monitor.Table.CommitAsync([span == RollupSpan.Day ? RollupRows.Day(node, bucket) : RollupRows.Hours(node, [bucket]).Single()], Cancellation);
        }
    }

    public static async Task StoreAsync(this ApiUnderTest api, params NodeRecord[] nodes)
    {
        foreach (var node in nodes)
        {
            Assert.IsType<CommitResult.Committed>(await api.Table.CommitAsync(
                [.. api.Monitor.Rows.Of(new Stored<NodeRecord>(node, null), NodeChange.None(node), null, [], ApiSetup.Noon)], Cancellation));
        }

        await Summaries.RecountAsync(api.Table, nodes.Select(n => Keys.Node(n.Id).Shard), Cancellation);
    }

    public static async Task StoreAsync(this ApiUnderTest api, AgentRecord agent) => Assert.IsType<CommitResult.Committed>(
        await api.Table.CommitAsync([Documents.Write(Keys.Agent(agent.Name), new Stored<AgentRecord>(agent, null), CoreJson.Default.AgentRecord)], Cancellation));

    /// <summary>As the sweep does it.</summary>
    public static async Task StoreSilentAsync(this ApiUnderTest api, AgentRecord agent, DateTimeOffset since, int nodes)
    {
        await api.StoreAsync(agent with { SilentSince = since });
        var flag = new NotUp { State = HealthState.Unknown, Since = since, Agent = true, Nodes = nodes };
        await api.Table.CommitAsync(
            [new RowChange.Put(new Row { Key = Keys.NotUpOf(agent.Name.ToString()), Doc = JsonSerializer.Serialize(flag, MonitorJson.Default.NotUp) })], Cancellation);
    }

    public static async Task TickAsync(this ApiUnderTest api, DateTimeOffset at)
    {
        foreach (var shard in Shard.All)
        {
            await Summaries.WriteAsync(api.Table, shard, s => s with { TickedAt = at }, Cancellation);
        }
    }

    public static async Task HistoryAsync(this ApiUnderTest api, string subject, params HistoryEntry[] entries)
    {
        foreach (var entry in entries)
        {
            await api.Table.CommitAsync(
                [new RowChange.Put(new Row { Key = Keys.History(subject, entry), Doc = JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry) })], Cancellation);
        }
    }

    public static async Task<NodeRecord> ReadAsync(this ApiUnderTest api, string id) =>
        (await api.Table.FindAsync(Keys.Node(Id(id)), CoreJson.Default.NodeRecord, Cancellation))!.Value;
}
