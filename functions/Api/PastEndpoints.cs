using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/nodes/{id}/uptime</c> and <c>GET /api/nodes/{id}/rollups</c>; also of a node that is gone, for as long as its history is kept.</summary>
internal sealed class PastEndpoints(ApiParts parts)
{
    private const int MostRollups = 1_000;
    private const int UsualRollups = 100;

    private static readonly TimeSpan UsualUptime = TimeSpan.FromDays(1);

    private readonly HistoryBook _book = new(parts.Monitor);

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/nodes/{id}/uptime", ApiRole.Viewer, UptimeAsync);
        routes.Get("/api/nodes/{id}/rollups", ApiRole.Viewer, RollupsAsync);
    }

    private async Task<ApiResponse> UptimeAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "since", "until", "slices");
        var now = parts.Monitor.Now;
        var to = query.Time("until") is { } until && until < now ? until : now;
        var from = query.Time("since") ?? to - UsualUptime;
        var slices = query.Number("slices", 0, HistoryBook.MostSlices, 0);
        if (from >= to)
        {
            query.Refuse("since has to be before until, and before the present");
        }

        if (to - from > HistoryBook.Longest)
        {
            query.Refuse($"since is too long ago: {HistoryBook.Longest.TotalDays} days at most");
        }

        return query.Error ?? await OfNodeAsync(context, async (id, cancellation) =>
            await _book.UptimeAsync(id, from, to, slices, cancellation) is { } view ? ApiResponse.Json(view, ApiJson.Default.UptimeView) : null);
    }

    private async Task<ApiResponse> RollupsAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "span", "since", "before", "limit");
        var span = query.Choice<RollupSpan>("span") ?? RollupSpan.Hour;
        var limit = query.Number("limit", 1, MostRollups, UsualRollups);
        var (since, before, now) = (query.Time("since"), query.Time("before"), parts.Monitor.Now);
        if (query.Error is { } error)
        {
            return error;
        }

        var to = before is { } end && end < now ? end : now;
        var kept = Kept(span, now);
        var from = since is { } first && first > kept ? first : kept;
        var start = span.StartOf(to - TimeSpan.FromTicks(1)) - ((limit - 1) * span.Length());
        var isLast = start <= from;
        return await OfNodeAsync(context, async (id, cancellation) => from >= to
            ? ApiResponse.Json(new RollupList { Node = id.ToString(), Span = span, Rollups = [] }, ApiJson.Default.RollupList)
            : await _book.RollupsAsync(id, span, isLast ? from : start, to, from, cancellation) is var (views, older)
            ? ApiResponse.Json(new RollupList { Node = id.ToString(), Span = span, Rollups = views, Next = older ? start : null }, ApiJson.Default.RollupList)
            : null);
    }

    /// <summary>Nothing is known of what is older.</summary>
    private DateTimeOffset Kept(RollupSpan span, DateTimeOffset now)
    {
        var (policy, rows) = (parts.Monitor.Policy, span == RollupSpan.Hour ? parts.Monitor.Policy.HoursKept : parts.Monitor.Policy.DaysKept);
        return span.StartOf(now - (rows > policy.HistoryKept ? rows : policy.HistoryKept));
    }

    /// <param name="answer">Null where nothing is known of the node.</param>
    private async Task<ApiResponse> OfNodeAsync(HttpContext context, Func<NodeId, CancellationToken, Task<ApiResponse?>> answer)
    {
        var (text, cancellation) = (ApiRoutes.Value(context, "id"), context.RequestAborted);
        if (!NodeId.TryParse(text, out var id))
        {
            var lookup = await parts.Directory.FindAsync(text, cancellation);
            if (lookup is not NodeLookup.Found found)
            {
                return NodeEndpoints.Refusal(lookup);
            }

            id = found.Node.Value.Id;
        }

        return await answer(id, cancellation) ?? ApiResponse.Problem(StatusCodes.Status404NotFound, $"no node has the id {id}, and nothing is known of it");
    }
}
