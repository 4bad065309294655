using System.Buffers;
using System.Text;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Metrics;

/// <summary>The text of metrics: each format as its specification has it, whatever stands in a label.</summary>
public sealed class MetricsWriterTests
{
    private static readonly MetricFamily Counter = new("x_things_total", MetricType.Counter, "Things \\ \"quoted\"\nand more.", "kind");
    private static readonly MetricFamily Info = new("x_build_info", MetricType.Info, "A build.", "version", "mode");
    private static readonly MetricFamily Duration = new("x_duration_seconds", MetricType.Histogram, "How long.");
    private static readonly MetricFamily Plain = new("x_level", MetricType.Gauge, "A level.");

    [Fact]
    public void Text_has_help_type_and_one_line_a_sample()
    {
        var text = Written(MetricsFormat.Text, to =>
        {
            to.Begin(Counter).Sample(3, "a");
            to.Begin(Info).Sample(1, "1.0", "azure");
            to.Begin(Duration).Histogram([0.25, 1], [1, 2], 3, 4.5);
        });

        Assert.Equal(
            """
            # HELP x_things_total Things \\ "quoted"\nand more.
            # TYPE x_things_total counter
            x_things_total{kind="a"} 3
            # HELP x_build_info A build.
            # TYPE x_build_info gauge
            x_build_info{version="1.0",mode="azure"} 1
            # HELP x_duration_seconds How long.
            # TYPE x_duration_seconds histogram
            x_duration_seconds_bucket{le="0.25"} 1
            x_duration_seconds_bucket{le="1.0"} 2
            x_duration_seconds_bucket{le="+Inf"} 3
            x_duration_seconds_sum 4.5
            x_duration_seconds_count 3

            """,
            text);
    }

    [Fact]
    public void OpenMetrics_names_families_without_their_endings_and_says_that_it_ends()
    {
        var text = Written(MetricsFormat.OpenMetrics, to =>
        {
            to.Begin(Counter).Sample(3, "a");
            to.Begin(Info).Sample(1, "1.0", "azure");
        });

        Assert.Equal(
            """
            # HELP x_things Things \\ \"quoted\"\nand more.
            # TYPE x_things counter
            x_things_total{kind="a"} 3
            # HELP x_build A build.
            # TYPE x_build info
            x_build_info{version="1.0",mode="azure"} 1
            # EOF

            """,
            text);
    }

    [Fact]
    public void Each_histogram_has_its_own_bounds()
    {
        var duration = Duration with { Labels = ["kind"] };
        var text = Written(MetricsFormat.Text, to =>
        {
            to.Begin(duration);
            to.Histogram([0.25, 1], [1, 2], 3, 4.5, "a");
            to.Histogram([0.5], [1], 1, 0.5, "b\"");
            to.Histogram([], [], 0, 0, "c");
            to.Begin(Duration with { Name = "y" }).Histogram([0.25], [1], 1, 0.5);
        });

        Assert.Equal(
            """
            # HELP x_duration_seconds How long.
            # TYPE x_duration_seconds histogram
            x_duration_seconds_bucket{kind="a",le="0.25"} 1
            x_duration_seconds_bucket{kind="a",le="1.0"} 2
            x_duration_seconds_bucket{kind="a",le="+Inf"} 3
            x_duration_seconds_sum{kind="a"} 4.5
            x_duration_seconds_count{kind="a"} 3
            x_duration_seconds_bucket{kind="b\"",le="0.5"} 1
            x_duration_seconds_bucket{kind="b\"",le="+Inf"} 1
            x_duration_seconds_sum{kind="b\""} 0.5
            x_duration_seconds_count{kind="b\""} 1
            x_duration_seconds_bucket{kind="c",le="+Inf"} 0
            x_duration_seconds_sum{kind="c"} 0
            x_duration_seconds_count{kind="c"} 0
            # HELP y How long.
            # TYPE y histogram
            y_bucket{le="0.25"} 1
            y_bucket{le="+Inf"} 1
            y_sum 0.5
            y_count 1

            """,
            text);
    }

    [Fact]
    public void However_long_it_is_all_of_it_is_there()
    {
        var help = string.Concat(Enumerable.Repeat("中\n", 10_000));
        string[] kinds = [.. Enumerable.Range(0, 3_000).Select(i => new string('中', i % 131) + (i % 7 == 0 ? "\n" : ""))];
        var text = Written(MetricsFormat.Text, to =>
        {
            to.Begin(Counter with { Help = help });
            foreach (var (i, kind) in kinds.Index())
            {
                to.Sample(i / 8.0, kind);
            }
        });

        var lines = kinds.Select((kind, i) => FormattableString.Invariant($"x_things_total{{kind=\"{kind[..Math.Min(kind.Length, MetricsWriter.LongestLabel)].Replace("\n", "\\n", StringComparison.Ordinal)}\"}} {i / 8.0}\n"));
        Assert.Equal($"# HELP x_things_total {help.Replace("\n", "\\n", StringComparison.Ordinal)}\n# TYPE x_things_total counter\n{string.Concat(lines)}", text);
    }

    [Theory]
    [InlineData("a\"} 1\nforged_total 7", "a\\\"} 1\\nforged_total 7")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("nul\0cr\rtab\tesc\u001b", "nul\uFFFDcr\uFFFDtab\uFFFDesc\uFFFD")]
    [InlineData("turned\u202eback\u2028line\u0085", "turned\uFFFDback\uFFFDline\uFFFD")]
    [InlineData("ünï中", "ünï中")]
    public void A_hostile_label_stays_in_its_quotes(string value, string written) =>
        Assert.Equal($"x_things_total{{kind=\"{written}\"}} 1", Written(MetricsFormat.Text, to => to.Begin(Counter).Sample(1, value)).Split('\n')[2]);

    [Fact]
    public void Half_a_character_is_none() => // Not in the table above: a test's name could not hold it.
        Assert.Equal("x_things_total{kind=\"\uFFFDa\"} 1", Written(MetricsFormat.Text, to => to.Begin(Counter).Sample(1, "\ud800a")).Split('\n')[2]);

    [Fact]
    public void A_long_label_is_cut() =>
        Assert.Equal(
            $"x_things_total{{kind=\"{new string('a', MetricsWriter.LongestLabel)}\"}} 1",
            Written(MetricsFormat.Text, to => to.Begin(Counter).Sample(1, new string('a', 100_000))).Split('\n')[2]);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-3, "-3")]
    [InlineData(0.1, "0.1")]
    [InlineData(1768478400.5, "1768478400.5")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void A_number_is_written_as_Prometheus_reads_it(double value, string written) =>
        Assert.Equal($"x_level {written}", Written(MetricsFormat.Text, to => to.Begin(Plain).Sample(value)).Split('\n')[2]);

    [Fact]
    public void A_family_comes_once_and_has_its_labels()
    {
        var to = new MetricsWriter(MetricsFormat.Text, new ArrayBufferWriter<byte>());
        to.Begin(Counter).Sample(1, "a");

        Assert.Throws<InvalidOperationException>(() => to.Begin(Counter));
        Assert.Throws<ArgumentException>(() => to.Begin(Plain).Sample(1, "a"));
        Assert.Throws<InvalidOperationException>(() => new MetricsWriter(MetricsFormat.Text, new ArrayBufferWriter<byte>()).Sample(1));
    }

    [Theory]
    [InlineData(null, MetricsFormat.Text)]
    [InlineData("*/*", MetricsFormat.Text)]
    [InlineData("text/plain;version=0.0.4", MetricsFormat.Text)]
    [InlineData("application/openmetrics-text", MetricsFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text; version=0.0.1", MetricsFormat.Text)]
    [InlineData("application/openmetrics-text;version=\"1.0.0\";q=0.5,text/plain;q=0.4", MetricsFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.1,text/plain;q=0.4", MetricsFormat.Text)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0", MetricsFormat.Text)]
    [InlineData("application/openmetrics-text;q=much, ,;;=,", MetricsFormat.Text)]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", MetricsFormat.OpenMetrics)] // Prometheus 2.42
    public void The_format_is_what_the_client_likes_best(string? accept, MetricsFormat format) => Assert.Equal(format, MetricsContent.Of(accept));

    private static string Written(MetricsFormat format, Action<MetricsWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        var to = new MetricsWriter(format, text);
        write(to);
        to.End();
        Assert.Equal(text.WrittenCount, to.Length);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
