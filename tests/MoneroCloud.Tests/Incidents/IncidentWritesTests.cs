using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using Xunit;

namespace MoneroCloud.Tests.Incidents;

/// <summary>What operators write, and what becomes of it when others write at the same time.</summary>
public sealed class IncidentWritesTests : IDisposable
{
    private readonly MonitorRig _rig = new();
    private readonly Incident _open = StoredIncidents.Open("host.main", 10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateTimeOffset Until => _rig.Time.GetUtcNow().AddHours(4);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task An_acknowledgement_is_in_the_row_with_its_action_and_the_row_is_due_at_its_end()
    {
        await _rig.Table.StoreAsync(_open);

        var written = await AcknowledgeAsync();

        var row = (await _rig.Table.ReadAsync(Keys.OpenIncident("host.main"), Cancellation))!;
        var incident = Documents.Read(row, CoreJson.Default.Incident).Value;
        Assert.Equal(incident.Acknowledged, Assert.IsType<IncidentWritten.Done>(written).Incident.Acknowledged);
        Assert.Equal(new Acknowledgement("operator alice", _rig.Time.GetUtcNow(), Until, "the disk"), incident.Acknowledged);
        Assert.Equal((Until, $"until {Words.Time(Until)}: the disk", "operator alice"), (row.Due, incident.Actions[^1].Text, incident.Actions[^1].By));
        Assert.Equal(_open.Actions, incident.Actions[..^1]);
    }

    [Fact]
    public async Task What_was_taken_back_is_looked_at_when_it_would_have_been()
    {
        await _rig.Table.StoreAsync(_open);
        await AcknowledgeAsync();

        Assert.IsType<IncidentWritten.Done>(await Writes.UnacknowledgeAsync(_open.Id, "operator", Cancellation));

        var row = (await _rig.Table.ReadAsync(Keys.OpenIncident("host.main"), Cancellation))!;
        Assert.Equal(_open.ToldAt + TimeSpan.FromHours(4), row.Due);
        Assert.Null(Documents.Read(row, CoreJson.Default.Incident).Value.Acknowledged);
        Assert.IsType<IncidentWritten.Needless>(await Writes.UnacknowledgeAsync(_open.Id, "operator", Cancellation));
    }

    [Fact]
    public async Task What_is_resolved_by_hand_is_where_those_are_that_are_over_and_says_what_was_still_wrong()
    {
        await _rig.Table.StoreAsync(_open with { Held = new Hold("silence 0123", _open.OpenedAt, null) });

        await Writes.ResolveAsync(_open.Id, "operator alice", "it is retired", Cancellation);

        Assert.Null(await _rig.Table.ReadAsync(Keys.OpenIncident("host.main"), Cancellation));
        var incident = (await _rig.Table.FindAsync(Keys.ClosedIncident(_open), CoreJson.Default.Incident, Cancellation))!.Value;
        Assert.Equal((IncidentState.Resolved, _rig.Time.GetUtcNow(), null), (incident.State, incident.ResolvedAt!.Value, incident.Held));
        Assert.Equal(new IncidentAction(_rig.Time.GetUtcNow(), IncidentActionKind.Resolved, "by hand, while this was still wrong: outage: it is retired", "operator alice"), incident.Actions[^1]);
        Assert.IsType<IncidentWritten.Over>(await Writes.ResolveAsync(_open.Id, "operator", null, Cancellation));
        Assert.IsType<IncidentWritten.Over>(await AcknowledgeAsync());
    }

    [Fact]
    public async Task What_another_wrote_in_between_is_not_overwritten()
    {
        await _rig.Table.StoreAsync(_open);
        var calm = _rig.Table;
        _rig.Table = new RivalTable(calm, () => new IncidentWrites(_rig.NewMonitor() with { Table = calm }).AcknowledgeAsync(_open.Id, "operator bob", Until.AddHours(1), null, Cancellation), Keys.OpenIncidents);

        var written = Assert.IsType<IncidentWritten.Done>(await AcknowledgeAsync());

        Assert.Equal(["operator bob", "operator alice"], written.Incident.Actions[2..].Select(a => a.By));
        Assert.Equal("operator alice", written.Incident.Acknowledged!.By);
    }

    [Fact]
    public async Task One_that_another_resolves_in_between_is_over()
    {
        await _rig.Table.StoreAsync(_open);
        var calm = _rig.Table;
        _rig.Table = new RivalTable(calm, () => new IncidentWrites(_rig.NewMonitor() with { Table = calm }).ResolveAsync(_open.Id, "operator bob", null, Cancellation), Keys.OpenIncidents);

        Assert.Equal("operator bob", Assert.IsType<IncidentWritten.Over>(await AcknowledgeAsync()).Incident.Actions[^1].By);
    }

    [Theory]
    [InlineData(IncidentWrites.Tries - 1, typeof(IncidentWritten.Done), 1)]
    [InlineData(IncidentWrites.Tries, typeof(IncidentWritten.Raced), 0)]
    public async Task A_write_is_tried_five_times(int losses, Type end, int stored)
    {
        await _rig.Table.StoreAsync(_open);
        var losing = new LosingTable(_rig.Table, (_, nth) => nth <= losses);
        _rig.Table = losing;

        Assert.IsType(end, await AcknowledgeAsync());
        Assert.Equal((losses, stored), (losing.Lost, losing.Committed.Count));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_not_done_twice()
    {
        await _rig.Table.StoreAsync(_open);
        _rig.Table = new ForgetfulAnswers(_rig.Table);

        Assert.Equal(3, Assert.IsType<IncidentWritten.Done>(await AcknowledgeAsync()).Incident.Actions.Length);
        Assert.Equal(4, Assert.IsType<IncidentWritten.Done>(await Writes.ResolveAsync(_open.Id, "operator", null, Cancellation)).Incident.Actions.Length);
    }

    [Fact]
    public async Task Of_many_actions_the_first_and_the_last_are_kept_and_comments_of_any_script_fit()
    {
        await _rig.Table.StoreAsync(_open);
        for (var i = 0; i < 200; i++)
        {
            Assert.IsType<IncidentWritten.Done>(await Writes.AcknowledgeAsync(_open.Id, "operator", Until, $"{i} {new string('\u4e2d', 490)}", Cancellation));
        }

        var incident = Assert.IsType<IncidentWritten.Done>(await Writes.ResolveAsync(_open.Id, "operator", null, Cancellation)).Incident;

        var stored = (await _rig.Table.FindAsync(Keys.ClosedIncident(_open), CoreJson.Default.Incident, Cancellation))!.Value;
        Assert.InRange(stored.Actions.Length, 4, Incident.MostActions);
        Assert.Equal(_open.Actions[0], stored.Actions[0]);
        Assert.Equal(IncidentActionKind.Resolved, stored.Actions[^1].Kind);
        Assert.Contains(": 199 ", incident.Actions[^2].Text, StringComparison.Ordinal);
    }

    private IncidentWrites Writes => new(_rig.NewMonitor());

    private Task<IncidentWritten> AcknowledgeAsync() => Writes.AcknowledgeAsync(_open.Id, "operator alice", Until, "the disk", Cancellation);

    /// <summary>Stores each commit and says that it was lost, as a cloud store may that repeats what got no answer.</summary>
    private sealed class ForgetfulAnswers(ITable table) : PassingTable(table)
    {
        public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
        {
            await base.CommitAsync(changes, cancellationToken);
            return new CommitResult.Lost(changes[0].Key);
        }
    }
}
