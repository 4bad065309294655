using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// <c>GET /api/alerts</c>, <c>POST /api/alerts/test</c> and <c>GET /api/refusals</c>: what was told, what is still to be told, whether it could be, and
/// what was not listened to.
/// </summary>
internal sealed partial class AlertEndpoints(ApiParts parts)
{
    private const int MostAlerts = 500;
    private const int UsualAlerts = 50;

    /// <summary>Kinds of refusals in one shard: the queues and reasons are few.</summary>
    private const int MostRefusals = 200;

    private readonly AlertBook _book = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<AlertBook>());
    private readonly TestAlerts _tests = new(parts.Monitor, parts.Dispatcher);
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<AlertEndpoints>();
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(parts.Monitor.Logs.CreateLogger<AlertEndpoints>());

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/alerts", ApiRole.Viewer, AlertsAsync);
        routes.Post("/api/alerts/test", ApiRole.Operator, TestAsync);
        routes.Get("/api/refusals", ApiRole.Viewer, RefusalsAsync);
    }

    private async Task<ApiResponse> AlertsAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "subject", "alert", "limit");
        var limit = query.Number("limit", 1, MostAlerts, UsualAlerts);
        var subject = query.Subject("subject");
        var alert = query.Text("alert");
        if (alert is not null && (alert.Length != 24 || !alert.All(char.IsAsciiHexDigitLower)))
        {
            query.Refuse($"alert is {ApiQuery.Short(alert)}: an alert's id, 24 hexadecimal digits");
        }

        return query.Error ?? ApiResponse.Json(await _book.ReadAsync(subject, alert, limit, context.RequestAborted), ApiJson.Default.AlertList);
    }

    private async Task<ApiResponse> TestAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var (body, refusal) = await JsonBody.ReadAsync(context.Request, ApiJson.Default.AlertTestRequest, context.RequestAborted);
        if (body is null)
        {
            return refusal!;
        }

        var caller = ApiCaller.Of(context);
        var (by, unnamed) = OperatorWord.Who(caller, body.By);
        if ((unnamed ?? UnknownChannel(body.Channel)) is { } wrong)
        {
            return wrong;
        }

        var alert = await parts.Audit.DoAsync(
            new AuditIntent(caller, by, "test a channel", NodeId.Monitor) { Details = body.Channel },
            () => _tests.PlaceAsync(body.Channel!, by, context.RequestAborted),
            a => $"alert {a.Id} was placed",
            context.RequestAborted);
        Log.Tested(_log, by, caller.Address, body.Channel!, alert.Id);
        return ApiResponse.Json(new AlertTestAnswer(alert.Id, alert.Subject, body.Channel!), ApiJson.Default.AlertTestAnswer, StatusCodes.Status202Accepted) with
        {
            Location = $"/api/alerts?subject={alert.Subject}&alert={alert.Id}",
        };
    }

    private ApiResponse? UnknownChannel(string? channel)
    {
        var known = parts.Monitor.Policy.Rules.Channels;
        if (channel is not null && known.Contains(channel))
        {
            return null;
        }

        var near = channel?.Length <= NodeName.MaxLength && NearestKey.Find(channel, known) is { } meant ? $"; did you mean {meant}?" : "";
        return ApiResponse.Problem(
            StatusCodes.Status400BadRequest,
            $"channel is {(channel is null ? "missing" : ApiQuery.Short(ShownText.Printable(channel)))}: one of {string.Join(", ", known)}{near}");
    }

    private async Task<ApiResponse> RefusalsAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var shards = await Task.WhenAll(Shard.All.Select(s => RefusalsAsync(s, context.RequestAborted)));
        return ApiResponse.Json(new RefusalList([.. shards.SelectMany(r => r).OrderByDescending(r => r.LastAt)]), ApiJson.Default.RefusalList);
    }

    private async Task<List<RefusalView>> RefusalsAsync(Shard shard, CancellationToken cancellation)
    {
        var found = new List<RefusalView>();
        await foreach (var row in parts.Monitor.Table.RangeAsync(shard, KeyRange.Prefix(Keys.Refusals), MostRefusals, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.Refusal, _skipped) is { Value: var refusal })
            {
                found.Add(new RefusalView(refusal.Queue, refusal.Reason, refusal.Count, refusal.FirstAt, refusal.LastAt));
            }
        }

        return found;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} tested the channel {Channel} with alert {Alert}")]
        public static partial void Tested(ILogger log, string who, System.Net.IPAddress address, string channel, string alert);
    }
}
