using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

/// <summary>Silences as they are kept.</summary>
public sealed class SilenceBookTests : IDisposable
{
    private readonly MonitorRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SilenceBook Book => new(_rig.NewMonitor());

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task One_is_added_listed_and_ended_before_its_time_by_somebody()
    {
        var added = await AddAsync();
        Assert.Matches("^[0-9a-f]{12}$", added.Id);
        _rig.Time.Advance(TimeSpan.FromMinutes(5));

        var ended = Assert.IsType<SilenceWritten.Done>(await Book.EndAsync(added.Id, "operator bob", Cancellation)).Silence;

        Assert.Equal((added.From, _rig.Time.GetUtcNow(), "operator bob"), (ended.From, ended.Until, ended.EndedBy));
        Assert.Equal(JsonSerializer.Serialize(ended, CoreJson.Default.Silence), JsonSerializer.Serialize((await Book.ListAsync(Cancellation)).Single(), CoreJson.Default.Silence));
        Assert.Equal($"it has ended already, at {Words.Time(ended.Until)}, by operator bob", Assert.IsType<SilenceWritten.Conflict>(await Book.EndAsync(added.Id, "operator", Cancellation)).Why);
    }

    [Fact]
    public async Task One_that_has_not_begun_never_does()
    {
        var added = await AddAsync(from: _rig.Time.GetUtcNow().AddHours(1));

        var ended = Assert.IsType<SilenceWritten.Done>(await Book.EndAsync(added.Id, "operator", Cancellation)).Silence;

        Assert.Equal((_rig.Time.GetUtcNow(), _rig.Time.GetUtcNow()), (ended.From, ended.Until));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789ab")]
    [InlineData("0123456789AB")]
    [InlineData("0123456789ab|x")]
    public async Task What_is_no_silence_is_missing(string id) => Assert.IsType<SilenceWritten.Missing>(await Book.EndAsync(id, "operator", Cancellation));

    [Fact]
    public async Task There_are_200_at_most_that_have_not_ended_and_those_that_have_make_room()
    {
        await StoreAsync(SilenceBook.MostLive - 1, _rig.Time.GetUtcNow().AddHours(1));
        var last = await AddAsync();

        Assert.Equal(
            "there are 200 silences that have not ended, and 200 at most may be: end one, or let one match more",
            Assert.IsType<SilenceWritten.Conflict>(await Book.AddAsync(Silence(), Cancellation)).Why);

        await Book.EndAsync(last.Id, "operator", Cancellation);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        await AddAsync();
    }

    [Fact]
    public async Task Two_at_once_do_not_go_over_the_bound_together()
    {
        await StoreAsync(SilenceBook.MostLive - 1, _rig.Time.GetUtcNow().AddHours(1));
        var calm = _rig.Table;
        var rival = new SilenceBook(_rig.NewMonitor());
        _rig.Table = new RivalTable(calm, () => rival.AddAsync(Silence(), Cancellation), "v|silences");

        Assert.IsType<SilenceWritten.Conflict>(await Book.AddAsync(Silence(), Cancellation));
        Assert.Equal(SilenceBook.MostLive, (await Book.ListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Those_that_ended_are_kept_for_30_days_and_no_more_than_2000()
    {
        var ended = _rig.Time.GetUtcNow().AddDays(-30);
        await StoreAsync(SilenceBook.Most, ended);
        Assert.Equal("there are 2000 silences with those of the last 30 days, and 2000 at most are kept", Assert.IsType<SilenceWritten.Conflict>(await Book.AddAsync(Silence(), Cancellation)).Why);
        Assert.Equal(0, await Book.RemoveOldAsync(Cancellation));

        _rig.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(SilenceBook.Most, await Book.RemoveOldAsync(Cancellation));

        var live = await AddAsync();
        Assert.Equal(0, await Book.RemoveOldAsync(Cancellation));
        Assert.Equal([live.Id], (await Book.ListAsync(Cancellation)).Select(s => s.Id));
    }

    [Theory]
    [InlineData(4, typeof(SilenceWritten.Done))]
    [InlineData(5, typeof(SilenceWritten.Raced))]
    public async Task A_write_is_tried_five_times(int losses, Type end)
    {
        var added = await AddAsync();
        var calm = _rig.Table;

        _rig.Table = new LosingTable(calm, (_, nth) => nth <= losses);
        Assert.IsType(end, await Book.EndAsync(added.Id, "operator", Cancellation));
        _rig.Table = new LosingTable(calm, (key, nth) => key == Keys.SilenceMark && nth <= losses);
        Assert.IsType(end, await Book.AddAsync(Silence(), Cancellation));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_hides_no_other()
    {
        await AddAsync();
        await _rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.Silence("0"), Doc = "not JSON" })], Cancellation);

        Assert.Single(await Book.ListAsync(Cancellation));
    }

    private Silence Silence(DateTimeOffset? from = null)
    {
        var begin = from ?? _rig.Time.GetUtcNow();
        return new Silence { Id = "", Kind = SilenceKind.Silence, Match = new AlertMatcher { Subjects = ["host.main"] }, From = begin, Until = begin.AddHours(2), By = "operator alice" };
    }

    private async Task<Silence> AddAsync(DateTimeOffset? from = null) => Assert.IsType<SilenceWritten.Done>(await Book.AddAsync(Silence(from), Cancellation)).Silence;

    private async Task StoreAsync(int count, DateTimeOffset until)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(CommitBounds.MaxRows))
        {
            await _rig.Table.CommitAsync(
                [
                    .. part.Select(i => Silence() with { Id = $"{i:x12}", From = until.AddHours(-1), Until = until })
                        .Select(s => new RowChange.Put(new Row { Key = Keys.Silence(s.Id), Doc = JsonSerializer.Serialize(s, CoreJson.Default.Silence) })),
                ],
                Cancellation);
        }
    }
}
