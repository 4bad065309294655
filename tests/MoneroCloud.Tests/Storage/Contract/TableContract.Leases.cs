using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(45);

    private readonly FakeTimeProvider _time = new(Noon);

    [Fact]
    public async Task A_lease_has_one_holder_until_it_runs_out()
    {
        var first = await TakeAsync("a");
        Assert.Null(await TakeAsync("b"));

        _time.Advance(LeaseLength);
        var second = await TakeAsync("b");

        Assert.Equal(Noon + LeaseLength, first!.Until);
        Assert.Equal("b", second!.Holder);
        Assert.Null(await Leases.RenewAsync(first, LeaseLength, Cancellation));
        Assert.Null(await TakeAsync("a"));
    }

    [Fact]
    public async Task A_renewed_lease_runs_on()
    {
        var lease = await TakeAsync("a");
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            lease = await Leases.RenewAsync(lease!, LeaseLength, Cancellation);
            Assert.Null(await TakeAsync("b"));
        }

        Assert.Equal(_time.GetUtcNow() + LeaseLength, lease!.Until);
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_free_and_one_that_was_lost_is_not_given_back()
    {
        var lease = await TakeAsync("a");
        await Leases.ReleaseAsync(lease!, Cancellation);
        Assert.NotNull(await TakeAsync("b"));

        await Leases.ReleaseAsync(lease!, Cancellation);

        Assert.Null(await TakeAsync("c"));
        Assert.Null(await Leases.RenewAsync(lease!, LeaseLength, Cancellation));
    }

    [Fact]
    public async Task One_of_several_takes_a_free_lease()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => TakeAsync($"holder-{i}")));

        Assert.Single(taken, lease => lease is not null);
    }

    [Fact]
    public async Task Leases_of_other_names_and_shards_are_others()
    {
        Assert.NotNull(await Leases.TryTakeAsync(Shard, "one", "a", LeaseLength, Cancellation));
        Assert.NotNull(await Leases.TryTakeAsync(Shard, "two", "b", LeaseLength, Cancellation));
        Assert.NotNull(await Leases.TryTakeAsync(new Shard(9), "one", "c", LeaseLength, Cancellation));
    }

    [Fact]
    public async Task Its_holder_takes_a_lease_again_as_after_an_answer_that_did_not_arrive()
    {
        var first = await TakeAsync("a");
        var second = await TakeAsync("a");
        var unanswered = new Leases(new TableWithLostAnswers(Table), _time);

        var third = await unanswered.RenewAsync(second!, LeaseLength, Cancellation);

        Assert.NotEqual(first!.Version, second!.Version);
        Assert.NotNull(await Leases.RenewAsync(third!, LeaseLength, Cancellation));
    }

    [Fact]
    public async Task A_lease_of_a_clock_that_has_been_set_back_since_is_not_waited_for()
    {
        await TakeAsync("a");
        var earlier = new Leases(Table, new FakeTimeProvider(Noon.AddHours(-3)));

        Assert.NotNull(await earlier.TryTakeAsync(Shard, "shard", "b", LeaseLength, Cancellation));
    }

    private Leases Leases => new(Table, _time);

    private Task<Lease?> TakeAsync(string holder) => Leases.TryTakeAsync(Shard, "shard", holder, LeaseLength, Cancellation);
}
