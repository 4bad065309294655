using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The operations about nodes and orders.</summary>
internal static class NodeOperations
{
    private static readonly ApiParameter[] OfCheck =
    [
        ApiParameter.Choice<CheckMethod>("method", "How it is checked", CheckMethod.Api),
        ApiParameter.Flag("save", "Take the result into the node's health; needs the role operator"),
        ApiOperations.Wait("Seconds to wait for the node's agent", 10),
    ];

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new ApiOperation
        {
            Method = "GET",
            Path = "/api/health",
            Role = null,
            Summary = "The fleet and its monitor in one word, with counts",
            Answers =
            [
                new DescribedAnswer(StatusCodes.Status200OK, "Healthy", ApiJson.Default.HealthView),
                new DescribedAnswer(StatusCodes.Status503ServiceUnavailable, "Degraded or stale", ApiJson.Default.HealthView),
            ],
        },
        ApiOperations.Get("/api/nodes", ApiRole.Viewer, "All nodes as stored, by id, with their counts", ApiJson.Default.NodeList, "A page of them",
            ApiParameter.Text("agent", "Only of this agent"),
            ApiParameter.Choice<HealthState>("state", "Only in this state"),
            ApiParameter.Choice<Condition>("condition", "Only in this condition"),
            new ApiParameter("label", "key=value; all that are given must hold, 16 at most", new() { ["type"] = "string" }, Repeats: true),
            ApiParameter.Number("limit", "How many, at most", 1, 1_000, 1_000),
            ApiParameter.Text("after", "The next of the page before")),
        ApiOperations.Get("/api/nodes/{id}", ApiRole.Viewer, "One node", ApiJson.Default.NodeView, "The node", ApiOperations.Node),
        ApiOperations.Get("/api/nodes/{id}/history", ApiRole.Viewer, "What happened to a node, newest first", ApiJson.Default.HistoryView, "A page of it", [ApiOperations.Node, .. OfHistory]),
        .. PastOperations.All,
        ApiOperations.Get("/api/nodes/{id}/orders", ApiRole.Viewer, "The last orders about a node, newest first; without checks", ApiJson.Default.OrderList, "The orders",
            ApiOperations.Node, ApiParameter.Number("limit", "How many, at most", 1, 200, 20)),
        Check("/api/nodes/{id}/check", "Check a node now", [ApiOperations.Node],
            new DescribedAnswer(StatusCodes.Status200OK, "What it answered", ApiJson.Default.CheckAnswer),
            new DescribedAnswer(StatusCodes.Status202Accepted, "Its agent has not answered yet; Location has the order", ApiJson.Default.OrderView)),
        Check("/api/nodes/check", "Check all nodes now", [], new DescribedAnswer(StatusCodes.Status200OK, "Counts, and a line a node", ApiJson.Default.CheckSummary)),
        Order("restart", "Save, stop and start a node") with { Body = ApiJson.Default.OrderRequest },
        Order("start", "Start a node; closes its breaker"),
        Order("stop", "Save and stop a node; it stays stopped") with { Body = ApiJson.Default.OrderRequest },
        Order("enable", "Supervise a node again"),
        Order("disable", "Stop a node, and take it out of supervision, counts and alerts"),
        ApiOperations.Get("/api/orders/{id}", ApiRole.Viewer, "How far an order is", ApiJson.Default.OrderView, "The order",
            ApiParameter.Path("id", "The order's id"), ApiOperations.Wait("Seconds to wait for its end")),
    ];

    public static ImmutableArray<ApiParameter> OfHistory =>
    [
        ApiParameter.Number("limit", "How many entries, at most", 1, 500, 50),
        ApiParameter.Text("before", "The next of the page before, or a time such as 2026-01-31T12:00:00Z"),
    ];

    private static ApiOperation Check(string path, string summary, ImmutableArray<ApiParameter> parameters, params ImmutableArray<DescribedAnswer> answers) =>
        ApiOperations.Do("POST", path, summary, [.. parameters, .. OfCheck], answers) with { Role = ApiRole.Viewer };

    private static ApiOperation Order(string verb, string summary) => ApiOperations.Do(
        "POST", $"/api/nodes/{{id}}/{verb}", summary, [ApiOperations.Node, ApiOperations.Wait("Seconds to wait for the order's end")], AgentOperations.OrderAnswers);
}
