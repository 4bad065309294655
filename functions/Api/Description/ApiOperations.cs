using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Functions;

/// <summary>What the API can do, as its document says it. Held to what is mapped, and to what is answered, by tests.</summary>
internal static class ApiOperations
{
    public static ImmutableArray<ApiOperation> All { get; } = [.. NodeOperations.All, .. AgentOperations.All, .. AlertOperations.All, .. PastOperations.OfState, .. MetricsOperations.All];

    /// <summary>A node as the path names it.</summary>
    public static ApiParameter Node => ApiParameter.Path("id", "The node's id, agent.name, or a name that no other node has");

    public static ApiParameter Wait(string description, int otherwise = 0) => ApiParameter.Number("wait", description, 0, 25, otherwise);

    public static ApiOperation Get(string path, ApiRole? role, string summary, JsonTypeInfo answer, string description, params ImmutableArray<ApiParameter> parameters) => new()
    {
        Method = "GET",
        Path = path,
        Role = role,
        Summary = summary,
        Parameters = parameters,
        Answers = [new DescribedAnswer(StatusCodes.Status200OK, description, answer)],
    };

    public static ApiOperation Do(string method, string path, string summary, ImmutableArray<ApiParameter> parameters, params ImmutableArray<DescribedAnswer> answers) => new()
    {
        Method = method,
        Path = path,
        Role = ApiRole.Operator,
        Summary = summary,
        Parameters = parameters,
        Answers = answers,
    };
}
