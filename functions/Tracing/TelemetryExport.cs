using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MoneroCloud.Functions;

/// <summary>Sends the spans and measurements of this process to Azure Monitor, to a collector over OTLP, or to both. Logs go their own way.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private const int LastWordsMs = 3_000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <exception cref="ArgumentException">The connection string is none; so too the two others that its library throws.</exception>
    public TelemetryExport(TelemetryTargets targets)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("monerocloud-monitor", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3));

        // The platform may have decided not to keep its own part of a trace: ours is decided by the same share, and by the trace's id.
        var share = new TraceIdRatioBasedSampler(targets.Share);
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Traces.SourceName)
            .SetSampler(new ParentBasedSampler(share, remoteParentNotSampled: share)).AddProcessor(new QuietSpans());
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters.Name);
        if (targets.Insights is { } insights)
        {
            TokenCredential? credential = targets.ClientId is { } id ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id)) : null;
            traces.AddAzureMonitorTraceExporter(o => Set(o, insights), credential);
            metrics.AddAzureMonitorMetricExporter(o => Set(o, insights), credential);
        }

        if (targets.Otlp is { } otlp)
        {
            traces.AddOtlpExporter(o => Set(o, otlp, "v1/traces"));
            metrics.AddOtlpExporter(o => Set(o, otlp, "v1/metrics"));
        }

        (_traces, _metrics) = (traces.Build(), metrics.Build());
    }

    public void Dispose()
    {
        _traces.ForceFlush(LastWordsMs);
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Set(AzureMonitorExporterOptions options, string insights)
    {
        options.ConnectionString = insights;

        // What could not be sent is lost, rather than lying on a disk.
        options.DisableOfflineStorage = true;
    }

    private static void Set(OtlpExporterOptions options, Uri root, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(root.AbsoluteUri.TrimEnd('/') + '/' + path);
    }
}
