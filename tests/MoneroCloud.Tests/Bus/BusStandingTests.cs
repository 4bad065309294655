using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class BusStandingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _told = [];
    private readonly BusStanding _standing;

    public BusStandingTests() => _standing = new BusStanding(_time, notice => _told.Add($"{notice.IsTrouble}: {notice.Text}"));

    [Fact]
    public void What_lasts_is_told_once_an_hour_in_whatever_words_the_bus_says_it_and_its_end_once()
    {
        _standing.Works("the queue q");
        for (var minute = 0; minute < 150; minute++)
        {
            _standing.Fails("the queue q", new BusFault(BusRules.NotFound, $"TrackingId:{minute}"));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _standing.Works("the queue q");
        _standing.Works("the queue q");

        Assert.Equal([.. from minute in new[] { 0, 60, 120 } select $"True: the queue q: amqp:not-found: TrackingId:{minute}: {BusRules.ReactionTo(BusRules.NotFound).Words}", "False: the queue q works again"], _told);
    }

    [Fact]
    public void Refused_messages_are_told_once_a_minute_by_queue_and_condition()
    {
        foreach (var _ in Enumerable.Range(0, 121))
        {
            _standing.Refused("a message for q", new BusFault(BusRules.MessageSizeExceeded, "words"));
            _standing.Refused("a message for r", new BusFault(BusRules.MessageSizeExceeded, "words"));
            _standing.Refused("a message for q", new BusFault(BusRules.NotAllowed, "words"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(9, _told.Count);
    }

    [Fact]
    public void Only_a_bus_that_asks_for_less_is_left_alone_for_2_s()
    {
        _standing.Heard(new BusFault(BusRules.ResourceLimitExceeded, "full"));
        Assert.Equal(TimeSpan.Zero, _standing.Busy);

        _standing.Heard(new BusFault(BusRules.ServerBusy, "50009"));
        Assert.Equal(TimeSpan.FromSeconds(2), _standing.Busy);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, _standing.Busy);
    }

    [Fact]
    public void However_many_conditions_a_bus_makes_up_they_take_no_more_memory()
    {
        for (var i = 0; i < 5000; i++)
        {
            _standing.Fails("q", new BusFault($"made:up-{i}", ""));
        }

        Assert.InRange(_standing.Remembered, 1, 1000);
    }
}
