using System.Collections.Immutable;
using System.IO.Pipelines;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/metrics</c>: the fleet and the monitor in the form that Prometheus reads.</summary>
internal sealed partial class MetricsEndpoint(ApiParts parts)
{
    /// <summary>In a larger fleet, checks come without their distribution unless it is asked for: that is half of all series.</summary>
    private const int MostWithBuckets = 1_000;

    /// <summary>Below it nothing is gained.</summary>
    private const int WorthPacking = 4 << 10;

    private const int PieceBytes = 64 << 10;

    private static readonly TimeSpan BrokerWithin = TimeSpan.FromSeconds(2);
    private static readonly string Version = typeof(MetricsEndpoint).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private readonly MetricsReader _reader = new(parts.Monitor, parts.Fleet);
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<MetricsEndpoint>();

    public void Map(ApiRoutes routes) => routes.Get("/api/metrics", ApiRole.Viewer, GetAsync);

    private async Task<ApiResponse> GetAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "buckets");
        var buckets = query.Text("buckets");
        if (buckets is not (null or "all" or "none"))
        {
            query.Refuse($"buckets is {ApiQuery.Short(buckets)}: all or none");
        }

        if (query.Error is { } error)
        {
            return error;
        }

        var facts = await _reader.GetAsync().WaitAsync(context.RequestAborted);
        var own = new InstanceFacts(OwnProcess.Read(), parts.Storage, await QueuesAsync(context.RequestAborted));
        var format = MetricsContent.Of(context.Request.Headers.Accept);
        var text = Text(format, facts, own, buckets is null ? facts.Fleet.Nodes.Length <= MostWithBuckets : buckets == "all");
        context.Response.Headers.Vary = "Accept, Accept-Encoding";
        return new ApiResponse(StatusCodes.Status200OK, default, MetricsContent.TypeOf(format)) { Text = text with { Packed = IsWorthPacking(context, text) } };
    }

    /// <summary>In pieces that are used again: a large fleet's is megabytes, for every scrape.</summary>
    private StreamedText Text(MetricsFormat format, MetricsFacts facts, InstanceFacts own, bool buckets)
    {
        var policy = parts.Monitor.Policy;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: PieceBytes));
        var to = new MetricsWriter(format, pipe.Writer);
        to.Begin(FleetMetrics.Build).Sample(1, Version, parts.Proxied ? "azure" : "standalone");
        FleetPart.Write(to, facts.Fleet);
        NodePart.Write(to, facts.Fleet, buckets);
        AgentPart.Write(to, facts.Fleet);
        AlertPart.Write(to, facts, policy);
        MonitorPart.Write(to, facts, policy, parts.ConfigurationFailed());
        InstancePart.Write(to, own);
        to.End();
        pipe.Writer.Complete();
        return new StreamedText(pipe.Reader, to.Length);
    }

    private async Task<ImmutableArray<QueueDepth>> QueuesAsync(CancellationToken cancellation)
    {
        if (parts.QueueDepths is not { } ask)
        {
            return [];
        }

        try
        {
            return await ask().WaitAsync(BrokerWithin, parts.Monitor.Time, cancellation);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            Log.NotCounted(_log, e.Message);
            return [];
        }
    }

    /// <summary>Nearly all of it repeats. There is nothing secret in it that its length could betray.</summary>
    private static bool IsWorthPacking(HttpContext context, StreamedText text) =>
        text.Length >= WorthPacking && context.Request.Headers.AcceptEncoding.Any(e => e?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "metrics are without the queues: {Why}")]
        public static partial void NotCounted(ILogger log, string why);
    }
}
