using System.Collections.Immutable;
using System.IO.Compression;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/metrics</c>: the fleet and the monitor in the form that Prometheus reads.</summary>
internal sealed partial class MetricsEndpoint(ApiParts parts)
{
    /// <summary>In a larger fleet, checks come without their distribution unless it is asked for: that is half of all series.</summary>
    private const int MostWithBuckets = 1_000;

    /// <summary>Below it nothing is gained.</summary>
    private const int WorthPacking = 4 << 10;

    private static readonly TimeSpan BrokerWithin = TimeSpan.FromSeconds(2);
    private static readonly string Version = typeof(MetricsEndpoint).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private readonly MetricsReader _reader = new(parts.Monitor, parts.Fleet);
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<MetricsEndpoint>();
    private int _room = 32 << 10;

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
        return new ApiResponse(StatusCodes.Status200OK, Packed(context, text), MetricsContent.TypeOf(format));
    }

    private ReadOnlyMemory<byte> Text(MetricsFormat format, MetricsFacts facts, InstanceFacts own, bool buckets)
    {
        var policy = parts.Monitor.Policy;
        var to = new MetricsWriter(format, _room);
        to.Begin(FleetMetrics.Build).Sample(1, Version, parts.Proxied ? "azure" : "standalone");
        FleetPart.Write(to, facts.Fleet);
        NodePart.Write(to, facts.Fleet, buckets);
        AgentPart.Write(to, facts.Fleet);
        AlertPart.Write(to, facts, policy);
        MonitorPart.Write(to, facts, policy, parts.ConfigurationFailed());
        InstancePart.Write(to, own);
        _room = to.Length + (to.Length / 8);
        return to.End();
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

    /// <summary>A large fleet's is megabytes, and nearly all of it repeats. There is nothing secret in it that its length could betray.</summary>
    private static ReadOnlyMemory<byte> Packed(HttpContext context, ReadOnlyMemory<byte> text)
    {
        if (text.Length < WorthPacking || !context.Request.Headers.AcceptEncoding.Any(e => e?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true))
        {
            return text;
        }

        var packed = new MemoryStream(text.Length / 8);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(text.Span);
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "metrics are without the queues: {Why}")]
        public static partial void NotCounted(ILogger log, string why);
    }
}
