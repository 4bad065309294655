using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests.Api;

/// <summary>What a monitor tells, as objects and as the answers that carry them.</summary>
internal static class Told
{
    public const string OrderId = "a0123456789abcdef0123456789abcdef";

    public static DateTimeOffset At { get; } = new(2026, 1, 15, 10, 30, 45, 123, TimeSpan.Zero);

    public static NodeView Node(string id, HealthState state = HealthState.Up, Condition condition = Condition.Healthy, string message = "answers", bool available = true) => new()
    {
        Id = id,
        Name = id.Split('.')[1],
        Agent = id.Split('.')[0],
        Kind = NodeKind.WalletRpc,
        State = state,
        Condition = condition,
        Since = At,
        Worked = condition == Condition.Healthy,
        Message = message,
        Pid = 4711,
        Port = 18082,
        Phase = "running",
        Desired = new DesiredState.Running(),
        Available = available,
        Vantage = NodeVantage.Agent,
        LastCheck = At,
    };

    public static NodeList Nodes(params NodeView[] nodes)
    {
        var counts = NodeCounts.Of(nodes.Select(n => n.State));
        return new NodeList { Total = counts.Total, Working = counts.Working, Degraded = counts.Degraded, Failed = counts.Failed, Unknown = counts.Unknown, Nodes = [.. nodes] };
    }

    public static OrderView Order(OrderState state, Outcome? outcome = null, OrderVerb verb = OrderVerb.Restart) => new()
    {
        Id = OrderId,
        Verb = verb,
        Agent = "host",
        Node = "host.main",
        By = "operator",
        State = state,
        StoredAt = At,
        ExpiresAt = At.AddMinutes(5),
        Attempts = 1,
        Outcome = outcome,
    };

    public static Outcome Outcome(OutcomeResult result, string text, int? before = null, int? after = null) =>
        new() { Result = result, Text = text, Before = Life(before), After = Life(after) };

    public static WorkedData Data(Condition condition, string explanation) => new WorkedData.Api("http://127.0.0.1:18082/json_rpc", 65561, null, "API is responding")
    {
        LastCheck = At,
        Condition = condition,
        Explanation = explanation,
    };

    public static CheckAnswer Check(bool status, Condition condition, string explanation) =>
        new() { Id = "host.main", Name = "main", Method = CheckMethod.Api, Status = status, Details = Data(condition, explanation) };

    public static string Json(NodeView node) => Ok(JsonSerializer.Serialize(node, ApiJson.Default.NodeView));

    public static string Json(NodeList nodes) => Ok(JsonSerializer.Serialize(nodes, ApiJson.Default.NodeList));

    public static string Json(OrderView order, int status = 200) => Ok(JsonSerializer.Serialize(order, ApiJson.Default.OrderView), status);

    public static string Json(CheckAnswer check) => Ok(JsonSerializer.Serialize(check, ApiJson.Default.CheckAnswer));

    public static string Json(CheckSummary summary) => Ok(JsonSerializer.Serialize(summary, ApiJson.Default.CheckSummary));

    public static string Json(HistoryView history) => Ok(JsonSerializer.Serialize(history, ApiJson.Default.HistoryView));

    public static string Json(OrderList orders) => Ok(JsonSerializer.Serialize(orders, ApiJson.Default.OrderList));

    public static string Json(AgentList agents) => Ok(JsonSerializer.Serialize(agents, ApiJson.Default.AgentList));

    public static string Json(HealthView health, int status) => Ok(JsonSerializer.Serialize(health, ApiJson.Default.HealthView), status);

    public static string Problem(int status, string title, string detail, params string[] candidates)
    {
        var problem = new Problem { Status = status, Title = title, Detail = detail, Candidates = candidates.Length == 0 ? null : [.. candidates] };
        return Ok(JsonSerializer.Serialize(problem, ApiJson.Default.Problem), status, Core.Problem.ContentType);
    }

    public static string Ok(string json, int status = 200, string type = "application/json") =>
        Play.Answer(json, $"{status} As told").Replace("application/json", type, StringComparison.Ordinal);

    private static ProcessIdentity? Life(int? pid) => pid is { } known ? new ProcessIdentity("b", known, 1, null) : null;
}
