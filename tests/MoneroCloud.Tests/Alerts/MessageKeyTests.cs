using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A receiver drops messages whose key it knows: no alert may be in one that it drops unseen.</summary>
public sealed class MessageKeyTests : IDisposable
{
    private static readonly Alert[] Alerts = [.. Enumerable.Range(0, 1_000).Select(i => $"home.n{i}").DistinctBy(Shard.Of).Take(3).Select((subject, i) => SomeAlerts.Of(subject) with { Id = $"{i:x24}" })];

    private readonly MonitorRig _rig = new(policy: new MonitorPolicy { Rules = AlertRules.Default with { GroupWait = TimeSpan.Zero } });
    private readonly List<Notice> _tries = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_alerts_tried_again_are_the_same_message()
    {
        await DeferAsync();
        await TryAsync(after: 20);

        Assert.Equal([3, 3], _tries.Select(t => t.Items.Length));
        Assert.Equal((_tries[0].Key, _tries[0].At), (_tries[1].Key, _tries[1].At));
    }

    [Fact]
    public async Task A_part_of_a_message_whose_rest_cannot_be_read_has_a_key_of_its_own()
    {
        await DeferAsync();
        var table = _rig.Table;
        _rig.Table = new ShardOutage(table, Shard.Of(Alerts[1].Subject));
        await TryAsync(after: 20);
        _rig.Table = table;
        await TryAsync(after: 20);

        Assert.Equal([3, 2, 1], _tries.Select(t => t.Items.Length));
        MustAllBeSeen(unseen: 1);
    }

    [Fact]
    public async Task A_part_of_a_message_whose_rest_was_not_put_back_has_a_key_of_its_own()
    {
        var rest = KeyOf(Alerts[1]);
        _rig.Table = new LosingTable(_rig.Table, (key, commit) => key == rest && commit == 3); // Stored, claimed; then put back.
        await DeferAsync();
        await TryAsync(after: 20);
        await TryAsync(after: 200);

        Assert.Equal([3, 2, 1], _tries.Select(t => t.Items.Length));
        MustAllBeSeen(unseen: 1);
    }

    [Fact]
    public async Task A_part_of_a_message_whose_rest_another_claimed_has_a_key_of_its_own()
    {
        var rest = KeyOf(Alerts[1]);
        _rig.Table = new LosingTable(_rig.Table, (key, commit) => key == rest && commit is 4 or 5); // Stored, claimed, put back; then claimed with others, and by itself.
        await DeferAsync();
        await TryAsync(after: 20);

        Assert.Equal([3, 2, 1], _tries.Select(t => t.Items.Length));
        MustAllBeSeen(unseen: 1);
    }

    [Fact]
    public async Task What_is_left_of_a_message_that_was_taken_is_a_repeat_under_its_key()
    {
        var rest = KeyOf(Alerts[1]);
        _rig.Table = new LosingTable(_rig.Table, (key, commit) => key == rest && commit is 3 or 4); // As if it had died while it wrote down that they were delivered.
        await StoreAsync();
        await TryAsync(after: 0);
        await TryAsync(after: 200);

        Assert.Equal([3, 1], _tries.Select(t => t.Items.Length));
        Assert.Equal(_tries[0].Key, _tries[1].Key);
    }

    public void Dispose() => _rig.Dispose();

    private static RowKey KeyOf(Alert alert) => Keys.Ledger(alert.Subject, "log", alert.Id);

    /// <summary>The receiver keeps the first message of each key that reaches it.</summary>
    /// <param name="unseen">So many tries came to nothing.</param>
    private void MustAllBeSeen(int unseen) => Assert.Equal(
        Alerts.Select(a => a.Id),
        _tries.Skip(unseen).DistinctBy(t => t.Key).SelectMany(t => t.Items).Select(i => i.Alert.Id).Distinct().Order(StringComparer.Ordinal));

    private async Task StoreAsync()
    {
        foreach (var alert in Alerts)
        {
            await _rig.Table.CommitAsync([AlertRows.Ledger(alert, "log", Given.Now, Given.Now)], Cancellation);
        }

        (_rig.Notifier.Asked, _rig.Notifier.Answer) = (_tries.Add, _ => new Notified.Delivered("kept"));
    }

    /// <summary>All are tried in one message, which is not taken.</summary>
    private async Task DeferAsync()
    {
        await StoreAsync();
        _rig.Notifier.Answer = _ => new Notified.Deferred("not now", null);
        await TryAsync(after: 0);
        _rig.Notifier.Answer = _ => new Notified.Delivered("kept");
        Assert.Equal(3, Assert.Single(_tries).Items.Length);
    }

    private async Task TryAsync(int after)
    {
        _rig.Time.Advance(TimeSpan.FromSeconds(after));
        var call = new TriggerCall.Bus("""{"channel":"log"}"""u8.ToArray(), "m", 1, null);
        Assert.IsType<TriggerResult.Done>(await _rig.Time.RunAsync(_rig.Deliver().InvokeAsync(call, Cancellation)));
    }
}
