using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The operations about what was: uptime, hours and days, who did what, and the whole state as rows.</summary>
internal static class PastOperations
{
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        ApiOperations.Get("/api/nodes/{id}/uptime", ApiRole.Viewer, "How long a node was in each state", ApiJson.Default.UptimeView, "The whole, and its slices",
            ApiOperations.Node,
            ApiParameter.Time("since", "From when on; left out: a day before the end"),
            ApiParameter.Time("until", "Until when; left out: now"),
            ApiParameter.Number("slices", "Into how many equal parts it is divided beside", 0, 1_000, 0)),
        ApiOperations.Get("/api/nodes/{id}/rollups", ApiRole.Viewer, "A node's checks, latency and time in each state, by the hour or day, newest first", ApiJson.Default.RollupList, "A page of them",
            ApiOperations.Node,
            ApiParameter.Choice<RollupSpan>("span", "By what", RollupSpan.Hour),
            ApiParameter.Time("since", "Only what ended later"),
            ApiParameter.Time("before", "The next of the page before, or any time"),
            ApiParameter.Number("limit", "How many, at most", 1, 1_000, 100)),
        ApiOperations.Get("/api/audit", ApiRole.Viewer, "Who did what, newest first", ApiJson.Default.AuditList, "The deeds",
            ApiParameter.Text("subject", "Only about this node's id, agent's name, or monitor"),
            ApiParameter.Time("before", "Only what was done before"),
            ApiParameter.Number("limit", "How many, at most", 1, 500, 100)),
        ApiOperations.Get("/api/export", ApiRole.Operator, "Rows of the monitor's state, page by page", ApiJson.Default.ExportPage, "A page of a shard",
            ApiParameter.Number("shard", "Of which of the 16", 0, 15, 0),
            ApiParameter.Text("after", "The next of the page before"),
            ApiParameter.Number("limit", "How many rows, at most", 1, 1_000, 1_000)),
        ApiOperations.Do("POST", "/api/import", "Rows of an exported file into the store", [], new DescribedAnswer(StatusCodes.Status200OK, "How far it is", ApiJson.Default.ImportAnswer))
            with { Body = ApiJson.Default.ImportRequest, BodyRequired = true },
    ];
}
