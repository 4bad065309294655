using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>Time in each state, from transitions and what overlies them, is what is counted second by second.</summary>
public sealed class StateLineProperties
{
    private const int Samples = 1_500;

    [Fact]
    public void Seconds_in_each_state_are_those_that_are_counted_one_by_one()
    {
        var compared = 0;
        Windows.Sample(sample => compared += Compare(sample.Model, sample.Model.Source(), sample.From, sample.To), iter: Samples, threads: 1);
        Assert.InRange(compared, Samples * 50, int.MaxValue); // Seconds that were compared.
    }

    /// <summary>Each is a mistake that such code could make; the comparison finds it.</summary>
    [Theory]
    [InlineData("silent agents are not heard of")]
    [InlineData("gaps are not heard of")]
    [InlineData("doubts are not heard of")]
    [InlineData("down by probe is forgotten")]
    [InlineData("out of supervision is forgotten")]
    [InlineData("a change is lost")]
    [InlineData("changes are a second late")]
    public void Catches(string defect) => Assert.Throws<CsCheckException>(() => Windows.Sample(
        sample => { Compare(sample.Model, Broken(sample.Model.Source(), defect), sample.From, sample.To); }, iter: 20_000, threads: 1));

    [Fact]
    public void Parts_of_a_time_are_together_the_whole() => Gen.Select(Windows, Gen.Int[0, StateModel.Seconds]).Sample((sample, middle) =>
    {
        var line = StateLine.Of(sample.Model.Source());
        var (from, to, between) = (Moment(0), Moment(StateModel.Seconds), Moment(middle));
        Assert.Equal(line.Between(from, to), line.Between(from, between) + line.Between(between, to));
        Assert.Equal(to - from, line.Between(from, to).Total);
    }, iter: 300, threads: 1);

    private static Gen<(StateModel Model, int From, int To)> Windows { get; } =
        Gen.Select(StateModel.Any, Gen.Int[0, StateModel.Seconds - 1], Gen.Int[1, StateModel.Seconds], (model, from, length) => (model, from, Math.Min(StateModel.Seconds, from + length)));

    private static DateTimeOffset Moment(int second) => StateModel.Begin.AddSeconds(second);

    private static int Compare(StateModel model, StateSource source, int from, int to)
    {
        // An offset of somebody's clock is not another time.
        var found = StateLine.Of(source).Between(Moment(from).ToOffset(TimeSpan.FromHours(from % 5)), Moment(to));
        var counted = Enumerable.Range(from, to - from).Aggregate(default(StateTimes), (sum, second) => sum.With(model.At(second), TimeSpan.FromSeconds(1)));
        Assert.Equal(counted, found);
        return to - from;
    }

    private static StateSource Broken(StateSource source, string defect) => defect switch
    {
        "silent agents are not heard of" => source with { Silences = [] },
        "gaps are not heard of" => source with { Gaps = [] },
        "doubts are not heard of" => source with { Doubts = [] },
        "down by probe is forgotten" => source with { Entries = [.. source.Entries.Select(e => e.Place[0] == 'p' ? e with { Place = "1.1" } : e)] },
        "out of supervision is forgotten" => source with { Entries = [.. source.Entries.Where(e => e.Fact is null && !e.Place.StartsWith("v-", StringComparison.Ordinal))] },
        "a change is lost" => source with { Entries = [.. source.Entries.Skip(1)] },
        _ => source with { Entries = [.. source.Entries.Select(e => e.Transition is { } t ? e with { At = e.At.AddSeconds(1), Transition = t with { At = t.At.AddSeconds(1) } } : e)] },
    };
}
