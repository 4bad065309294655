using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The operations about agents, and the document itself.</summary>
internal static class AgentOperations
{
    private static readonly ApiParameter Agent = ApiParameter.Path("name", "The agent's name");

    public static ImmutableArray<DescribedAnswer> OrderAnswers =>
    [
        new DescribedAnswer(StatusCodes.Status200OK, "It ended within the wait", ApiJson.Default.OrderView),
        new DescribedAnswer(StatusCodes.Status202Accepted, "It goes on; Location says where to look", ApiJson.Default.OrderView),
    ];

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        ApiOperations.Get("/api/agents", ApiRole.Viewer, "All agents", ApiJson.Default.AgentList, "The agents"),
        ApiOperations.Get("/api/agents/{name}", ApiRole.Viewer, "One agent", ApiJson.Default.AgentView, "The agent", Agent),
        ApiOperations.Get("/api/agents/{name}/history", ApiRole.Viewer, "What happened to an agent, or to the monitor, newest first", ApiJson.Default.HistoryView, "A page of it", [Agent, .. NodeOperations.OfHistory]),
        ApiOperations.Do("POST", "/api/agents", "Enrol an agent", [],
            new DescribedAnswer(StatusCodes.Status200OK, "It was enrolled with this key already", ApiJson.Default.EnrolAnswer),
            new DescribedAnswer(StatusCodes.Status201Created, "It is enrolled", ApiJson.Default.EnrolAnswer)) with { Body = ApiJson.Default.EnrolRequest, BodyRequired = true },
        ApiOperations.Do("POST", "/api/agents/{name}/reload", "Order an agent to take its configuration anew", [Agent, ApiOperations.Wait("Seconds to wait for the order's end")], OrderAnswers),
        ApiOperations.Do("DELETE", "/api/agents/{name}", "Remove an agent and its nodes", [Agent], new DescribedAnswer(StatusCodes.Status204NoContent, "It is removed", null)),
        new ApiOperation
        {
            Method = "GET",
            Path = OpenApiEndpoint.Path,
            Role = null,
            Summary = "This document",
            Answers = [new DescribedAnswer(StatusCodes.Status200OK, "OpenAPI 3.1", null, "application/json")],
        },
    ];
}
