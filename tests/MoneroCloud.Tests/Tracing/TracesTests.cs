using System.Diagnostics;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Tracing;

/// <summary>How a trace goes on over rows and messages.</summary>
public sealed class TracesTests : IDisposable
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>A listener hears the whole process: only this test's own flow is recorded.</summary>
    private static readonly AsyncLocal<bool> Mine = new();

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == Traces.SourceName,
        Sample = (ref _) => Mine.Value ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
    };

    public TracesTests()
    {
        ActivitySource.AddActivityListener(_listener);
        Mine.Value = true;
    }

    public void Dispose()
    {
        Mine.Value = false;
        _listener.Dispose();
    }

    [Fact]
    public void What_goes_on_after_a_row_is_of_the_trace_that_stored_it_and_links_the_others()
    {
        string? first, second;
        using (Traces.Invocation("probe", Caller))
        {
            first = Traces.Current;
        }

        using (Traces.Invocation("reports", null))
        {
            second = Traces.Current;
        }

        using var invocation = Traces.Invocation("deliver", null)!;
        using var deliver = Traces.After(first, Traces.Deliver, first, second, second, null, "not a trace")!;
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", first![36..52]), (deliver.TraceId.ToString(), deliver.ParentSpanId.ToString()));
        Assert.Equal(second![3..35], Assert.Single(deliver.Links).Context.TraceId.ToString());
        Assert.True(Traces.IsWorthSending(invocation));
    }

    [Fact]
    public void An_invocation_in_which_nothing_happened_is_not_sent_and_one_that_failed_is()
    {
        using var quiet = Traces.Invocation("sweep", null)!;
        Assert.False(Traces.IsWorthSending(quiet));
        quiet.SetStatus(ActivityStatusCode.Error);
        Assert.True(Traces.IsWorthSending(quiet));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    public void A_caller_that_is_none_begins_a_trace(string traceparent)
    {
        using var invocation = Traces.Invocation("probe", traceparent)!;
        Assert.Equal(default, invocation.ParentSpanId);
    }

    [Fact]
    public void A_stored_alert_has_the_span_that_stored_it_and_without_one_nothing()
    {
        Mine.Value = false;
        Assert.Null(Traces.Invocation("probe", Caller));
        Assert.Null(Traces.Current);
        Mine.Value = true;
        using var invocation = Traces.Invocation("probe", Caller);
        var row = AlertRows.Stored(new Alert { Id = "a", Subject = "host.main", Kind = AlertKind.Down, Severity = AlertSeverity.Critical, At = Given.Now, Due = Given.Now, Title = "", Text = "" }).Written!;
        Assert.Equal(invocation!.Id, Documents.Read(row, MonitorJson.Default.OutboxItem).Value.Trace);
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData(null, "collector:4318", null, "is no http or https address")]
    [InlineData(null, "http://127.0.0.1:4318", "2", "OTEL_TRACES_SAMPLER_ARG is 2: 0 to 1")]
    [InlineData("not a connection string", null, null, "is no connection string of Application Insights")]
    public void Nothing_is_begun_without_a_target_and_a_bad_one_is_named_without_its_value(string? insights, string? otlp, string? share, string? expected)
    {
        var settings = new Dictionary<string, string?> { ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = insights, ["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp, ["OTEL_TRACES_SAMPLER_ARG"] = share };
        Assert.Null(Telemetry.Start(new AppSettings(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create(s.Key, s.Value!))), out var error));
        Assert.Equal(expected is null, error is null);
        Assert.Contains(expected ?? "", error ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("not a connection string", error ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void The_identity_is_that_of_the_platforms_own_setting()
    {
        Assert.Equal("1234", Telemetry.ClientId("ClientId=1234;Authorization=AAD"));
        Assert.Null(Telemetry.ClientId("Authorization=AAD"));
        Assert.Null(Telemetry.ClientId(null));
    }
}
