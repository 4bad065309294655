using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The operations about a node's past in numbers, and about a monitor's state as a whole.</summary>
internal static class PastOperations
{
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        ApiOperations.Get("/api/nodes/{id}/uptime", ApiRole.Viewer, "How long a node was in each state", ApiJson.Default.UptimeView, "The times, and the uptime they make",
            ApiOperations.Node,
            ApiParameter.Time("since", "From then on; 24 h before until where it is left out"),
            ApiParameter.Time("until", "Before then; now where it is left out"),
            ApiParameter.Number("slices", "Equally long parts of which the same is told", 0, HistoryBook.MostSlices, 0)),
        ApiOperations.Get("/api/nodes/{id}/rollups", ApiRole.Viewer, "A node's checks, latency and states by the hour or day of UTC, newest first", ApiJson.Default.RollupList, "A page of them",
            ApiOperations.Node,
            ApiParameter.Choice<RollupSpan>("span", "What one of them sums up", RollupSpan.Hour),
            ApiParameter.Time("since", "Only what began then or later"),
            ApiParameter.Time("before", "The next of the page before, or any time"),
            ApiParameter.Number("limit", "How many, at most", 1, 1_000, 100)),
    ];

    public static ImmutableArray<ApiOperation> OfState { get; } =
    [
        ApiOperations.Get("/api/export", ApiRole.Operator, "Rows of the monitor's state, without any secret", ApiJson.Default.ExportPage, "A page of one shard",
            ApiParameter.Number("shard", "Which part of the store", 0, Shard.Count - 1, 0),
            ApiParameter.Text("after", "The next of the page before"),
            ApiParameter.Number("limit", "How many, at most", 1, ExportBook.MostRows, ExportBook.MostRows)),
        ApiOperations.Do("POST", "/api/import", "Put a part of an exported file into the store", [], new DescribedAnswer(StatusCodes.Status200OK, "How far the import is", ApiJson.Default.ImportAnswer)) with
        {
            Body = ApiJson.Default.ImportRequest,
            BodyRequired = true,
        },
    ];
}
