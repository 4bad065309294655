using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>The operation for Prometheus.</summary>
internal static class MetricsOperations
{
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new ApiOperation
        {
            Method = "GET",
            Path = "/api/metrics",
            Role = ApiRole.Viewer,
            Summary = "The fleet and the monitor for Prometheus, as text or, where Accept asks for it, as OpenMetrics",
            Parameters = [ApiParameter.Choice("buckets", "The distribution of how long checks took; where it is not said, up to 1,000 nodes", ["all", "none"], null)],
            Answers = [new DescribedAnswer(StatusCodes.Status200OK, "The metrics", null, "text/plain")],
        },
    ];
}
