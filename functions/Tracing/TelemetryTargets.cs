namespace MoneroCloud.Functions;

/// <summary>Where telemetry goes. Not a record: its text would show the connection string.</summary>
/// <param name="insights">A connection string of Application Insights; null for none.</param>
/// <param name="clientId">Of the managed identity by which it is written to; null: by the connection string alone.</param>
/// <param name="otlp">A collector that takes OTLP over HTTP; null for none.</param>
/// <param name="share">Of all traces, that are kept: 0 to 1.</param>
internal sealed class TelemetryTargets(string? insights, string? clientId, Uri? otlp, double share)
{
    public string? Insights { get; } = insights;

    public string? ClientId { get; } = clientId;

    public Uri? Otlp { get; } = otlp;

    public double Share { get; } = share;
}
