using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Incidents;

/// <summary>Finding and listing incidents.</summary>
public sealed class IncidentBookTests
{
    private readonly MemoryTable _table = new();

    private IncidentBook Book => new(_table, NullLogger.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_is_found_by_its_id_while_it_is_open_and_when_it_is_over_and_never_another_of_its_subject()
    {
        var (old, open) = (StoredIncidents.Resolved("host.main", 60), StoredIncidents.Open("host.main", 5));
        await _table.StoreAsync(old, open);

        Assert.Equal(IncidentState.Resolved, (await Book.FindAsync(old.Id, Cancellation))!.Value.State);
        Assert.Equal(open.Id, (await Book.FindAsync(open.Id, Cancellation))!.Value.Id);
        foreach (var wrong in new[] { "", "x", new string('0', 25), open.Id[1..], open.Id.ToUpperInvariant(), $"{open.Id}0", $"../{open.Id}" })
        {
            Assert.Null(await Book.FindAsync(wrong, Cancellation));
        }
    }

    [Fact]
    public async Task Open_ones_come_the_worst_and_then_the_newest_first_and_those_that_are_over_behind_them()
    {
        await _table.StoreAsync(
            StoredIncidents.Open("host.a", 5, AlertSeverity.Warning),
            StoredIncidents.Open("host.b", 50),
            StoredIncidents.Open("host.c", 10),
            StoredIncidents.Open("monitor", 1, AlertSeverity.Low),
            StoredIncidents.Resolved("host.a", 90),
            StoredIncidents.Resolved("host.d", 30));

        Assert.Equal(["host.c", "host.b", "host.a", "monitor"], await SubjectsAsync(new IncidentFilter()));
        Assert.Equal(["host.d", "host.a"], await SubjectsAsync(new IncidentFilter { Open = false, Resolved = true }));
        Assert.Equal(["host.c", "host.b", "host.a", "monitor", "host.d", "host.a"], await SubjectsAsync(new IncidentFilter { Resolved = true }));
        Assert.Equal(["host.a", "host.a"], await SubjectsAsync(new IncidentFilter { Resolved = true, Subject = "host.a" }));
        Assert.Equal(["host.d"], await SubjectsAsync(new IncidentFilter { Open = false, Resolved = true, Since = ApiSetup.Noon.AddMinutes(-30) }));
        Assert.Empty(await SubjectsAsync(new IncidentFilter { Open = false, Resolved = true, Since = ApiSetup.Noon.AddMinutes(-30).AddTicks(1) }));
        Assert.Empty(await SubjectsAsync(new IncidentFilter { Resolved = true, Subject = "host.nobody" }));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task A_limit_that_leaves_something_out_is_said(int limit, bool truncated)
    {
        await _table.StoreAsync([.. Enumerable.Range(1, 3).Select(i => StoredIncidents.Open($"host.n{i}", i)), .. Enumerable.Range(1, 3).Select(i => StoredIncidents.Resolved($"host.n{i}", 100 + i))]);

        var page = await Book.ListAsync(new IncidentFilter { Resolved = true }, limit, Cancellation);

        Assert.Equal((limit, truncated), (page.Incidents.Count, page.Truncated));
    }

    [Fact]
    public async Task A_fleet_that_fails_as_a_whole_is_listed_within_the_bound_of_each_shard()
    {
        var subjects = Enumerable.Range(0, 100_000).Select(i => $"host.n{i}").Where(s => Shard.Of(s).Number == 0).Take(IncidentBook.MostOpen + 1).ToList();
        await _table.StoreAsync([.. subjects[..IncidentBook.MostOpen].Select(s => StoredIncidents.Open(s, 1))]);
        Assert.False((await Book.ListAsync(new IncidentFilter(), 5_000, Cancellation)).Truncated);

        await _table.StoreAsync(StoredIncidents.Open(subjects[^1], 1));

        var page = await Book.ListAsync(new IncidentFilter(), 5_000, Cancellation);
        Assert.Equal((IncidentBook.MostOpen, true), (page.Incidents.Count, page.Truncated));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_hides_no_other()
    {
        await _table.StoreAsync(StoredIncidents.Open("host.main", 1), StoredIncidents.Resolved("host.main", 9));
        foreach (var key in new[] { $"{Keys.OpenIncidents}0", $"{Keys.ClosedIncidents}0" })
        {
            await _table.CommitAsync([new RowChange.Put(new Row { Key = new RowKey(Shard.Of("host.main"), key), Doc = "not JSON" })], Cancellation);
        }

        Assert.Equal(["host.main", "host.main"], await SubjectsAsync(new IncidentFilter { Resolved = true }));
        Assert.Equal(["host.main", "host.main"], await SubjectsAsync(new IncidentFilter { Resolved = true, Subject = "host.main" }));
    }

    private async Task<IEnumerable<string>> SubjectsAsync(IncidentFilter filter) => (await Book.ListAsync(filter, 100, Cancellation)).Incidents.Select(i => i.Subject);
}
