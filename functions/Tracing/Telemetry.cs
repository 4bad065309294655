using System.Globalization;
using System.Runtime.CompilerServices;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Where traces and metrics of this process go, by its settings: nowhere as a rule, and then nothing of it is even loaded.</summary>
internal static class Telemetry
{
    /// <summary>OpenTelemetry's own variables, which mean what they mean everywhere.</summary>
    private const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string ShareVariable = "OTEL_TRACES_SAMPLER_ARG";

    /// <param name="error">Why nothing is sent although something is set; null else.</param>
    /// <returns>To be disposed of at the end, which sends what is left; null where nothing is sent.</returns>
    public static IDisposable? Start(AppSettings settings, out string? error)
    {
        error = null;
        var (insights, otlp) = (settings[Names.InsightsSetting], settings[OtlpVariable]);
        if (string.IsNullOrEmpty(insights) && string.IsNullOrEmpty(otlp))
        {
            return null;
        }

        var share = 1.0;
        if (settings[ShareVariable] is { Length: > 0 } text && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share) && share is >= 0 and <= 1))
        {
            error = $"{ShareVariable} is {text}: 0 to 1";
            return null;
        }

        Uri? endpoint = null;
        if (!string.IsNullOrEmpty(otlp) && !(Uri.TryCreate(otlp, UriKind.Absolute, out endpoint) && endpoint.Scheme is "http" or "https"))
        {
            error = $"{OtlpVariable} is no http or https address";
            return null;
        }

        return Begin(new TelemetryTargets(string.IsNullOrEmpty(insights) ? null : insights, ClientId(settings[Names.InsightsLoginSetting]), endpoint, share), out error);
    }

    /// <summary>Of <c>ClientId=...;Authorization=AAD</c>, as the platform's own agents have it: the identity by which the component is written to.</summary>
    internal static string? ClientId(string? login) => login?.Split(';', StringSplitOptions.TrimEntries)
        .FirstOrDefault(p => p.StartsWith("ClientId=", StringComparison.OrdinalIgnoreCase))?["ClientId=".Length..];

    /// <summary>A method of its own: until it is called, none of the exporters' assemblies is loaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TelemetryExport? Begin(TelemetryTargets targets, out string? error)
    {
        try
        {
            error = null;
            return new TelemetryExport(targets);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            error = $"{Names.InsightsSetting} is no connection string of Application Insights ({e.GetType().Name})";
            return null;
        }
    }
}
