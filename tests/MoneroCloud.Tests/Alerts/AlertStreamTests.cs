using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Random streams of transitions, silences, maintenance and acknowledgements: no open incident is lost, and nothing that is hidden is told.</summary>
public sealed class AlertStreamTests(ITestOutputHelper output)
{
    private const int Steps = 50;

    [Fact]
    public Task No_open_incident_is_lost_and_nothing_that_is_silenced_is_told() => HoldsAsync(from: 1, streams: 5);

    [Fact]
    [Trait("Tier", "soak")]
    public Task No_open_incident_is_lost_and_nothing_that_is_silenced_is_told_in_hundreds() => HoldsAsync(from: 1_000, streams: 400);

    private async Task HoldsAsync(int from, int streams)
    {
        int told = 0, hidden = 0, incidents = 0;
        for (var seed = from; seed < from + streams; seed++)
        {
            using var stream = await AlertStream.RunAsync(seed, Steps);
            Assert.True(stream.Faults.Count == 0, $"seed {seed}: {string.Join("\n", stream.Faults)}");
            (told, hidden, incidents) = (told + stream.Told, hidden + stream.Hidden, incidents + stream.Incidents);
        }

        output.WriteLine($"{streams} streams of {Steps} steps: {incidents} incidents, {told} alerts told, {hidden} hidden, 0 faults");
        Assert.True(told > 8 * streams && hidden > streams && incidents > 5 * streams, $"{told} told, {hidden} hidden, {incidents} incidents");
    }

    [Theory]
    [InlineData("silences are not seen", "was told in")]
    [InlineData("an incident is forgotten", "its incident is lost")]
    [InlineData("a held incident is not looked at again", "nobody was told")]
    [InlineData("a held incident is looked at when its silence was to end", "nobody was told seven minutes after")]
    public async Task Catches_a_monitor_that_does_it_otherwise(string what, string fault)
    {
        var caught = 0;
        for (var seed = 1; seed <= 3; seed++)
        {
            using var stream = await AlertStream.RunAsync(seed, Steps, table => new AlertDefectTable(table, what));
            caught += stream.Faults.Exists(f => f.Contains(fault, StringComparison.Ordinal)) ? 1 : 0;
        }

        output.WriteLine($"{what}: caught in {caught} of 3 streams");
        Assert.True(caught >= 1, $"{caught}");
    }

    private sealed class AlertDefectTable(ITable table, string what) : PassingTable(table)
    {
        public override IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
            what == "silences are not seen" && range == KeyRange.Prefix(Keys.Silences)
                ? AsyncEnumerable.Empty<Row>()
                : base.RangeAsync(shard, range, most, cancellationToken);

        public override IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
            what == "a held incident is not looked at again" && range == KeyRange.Prefix(Keys.OpenIncidents)
                ? AsyncEnumerable.Empty<Row>()
                : base.DueAsync(shard, range, until, most, cancellationToken);

        public override Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
        {
            var kept = changes.Where(c => !IsLeftOut(c)).Select(Moved).ToList();
            return base.CommitAsync(kept.Count == 0 ? changes : kept, cancellationToken);
        }

        private RowChange Moved(RowChange change) =>
            what == "a held incident is looked at when its silence was to end" && change is RowChange.Replace { Row: var row } && row.Key.Key.StartsWith(Keys.OpenIncidents, StringComparison.Ordinal)
            && Documents.Read(row, CoreJson.Default.Incident).Value.Held?.Until is { } until
                ? new RowChange.Replace(row with { Due = until })
                : change;

        private bool IsLeftOut(RowChange change) =>
            what == "an incident is forgotten" && change is RowChange.Insert && change.Key.Key.StartsWith(Keys.OpenIncidents, StringComparison.Ordinal);
    }
}
