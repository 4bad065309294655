using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.History;

public sealed class LatencyTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000, 0)]
    [InlineData(1_001, 1)]
    [InlineData(2_500, 1)]
    [InlineData(5_000_000, 11)]
    [InlineData(5_000_001, 12)]
    [InlineData(long.MaxValue, 12)]
    public void A_bound_belongs_to_its_class(long microseconds, int index) => Assert.Equal(index, LatencyClasses.Of(microseconds));

    [Fact]
    public void The_p95_lies_in_the_class_of_the_true_one_and_between_the_least_and_the_greatest() =>
        Gen.Int[0, 9_000_000].Array[1, 200].Sample(latencies =>
        {
            var (view, sorted) = (View(latencies), latencies.Order().ToArray());
            var truth = LatencyClasses.Of(sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1]);

            Assert.InRange(view.LatencyP95Ms!.Value, truth == 0 ? 0 : LatencyClasses.BoundsMs[truth - 1], truth < LatencyClasses.BoundsMs.Length ? LatencyClasses.BoundsMs[truth] : double.MaxValue);
            Assert.InRange(view.LatencyP95Ms.Value, sorted[0] / 1_000.0, sorted[^1] / 1_000.0);
            Assert.Equal((sorted[0] / 1_000.0, sorted[^1] / 1_000.0), (view.LatencyMinMs, view.LatencyMaxMs));
            Assert.Equal(sorted.Average() / 1_000, view.LatencyAvgMs!.Value, 0.001);
        }, iter: 500, threads: 1);

    [Fact]
    public void Sums_of_parts_are_the_sum_of_the_whole() =>
        Gen.Select(Gen.Int[0, 9_000_000].Array[0, 20], Gen.Int[0, 9_000_000].Array[0, 20]).Sample((one, other) =>
            Assert.Equal(Bucket([.. one, .. other]), Bucket(one).Plus(Bucket(other))), iter: 300, threads: 1);

    [Fact]
    public void Cumulative_counts_end_with_all_of_them()
    {
        var tally = Bucket([500, 3_000, 3_000, 8_000_000]).Checks;

        Assert.Equal([1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4], LatencyClasses.Cumulative(tally.Latencies));
        Assert.Equal((4, 4), (tally.Answered, tally.Checks));
        Assert.Equal(13, LatencyClasses.Cumulative([]).Length);
    }

    [Fact]
    public void Without_an_answer_there_is_no_latency()
    {
        var view = RollupView.Of(RollupSpan.Hour, DateTimeOffset.UnixEpoch, RollupBucket.New(RollupSpan.Hour, DateTimeOffset.UnixEpoch).With(new CheckSample(HealthState.Down, null)), default);

        Assert.Equal((1, 1), (view.Checks, view.Failures));
        Assert.Equal((null, null, null, null), (view.LatencyMinMs, view.LatencyAvgMs, view.LatencyP95Ms, view.LatencyMaxMs));
    }

    private static RollupView View(int[] latencies) => RollupView.Of(RollupSpan.Hour, DateTimeOffset.UnixEpoch, Bucket(latencies), default);

    private static RollupBucket Bucket(int[] latencies) => latencies.Aggregate(
        RollupBucket.New(RollupSpan.Hour, DateTimeOffset.UnixEpoch),
        (bucket, us) => bucket.With(new CheckSample(HealthState.Up, TimeSpan.FromMicroseconds(us))));
}
