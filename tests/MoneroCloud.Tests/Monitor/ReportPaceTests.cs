using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ReportPaceTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(60);
    private static readonly ReportTimes Times = new();
    private static readonly ReportPace Quiet = new ReportPace().Sent(At(100), whole: true, awaitsAck: false, large: false);

    [Fact]
    public void The_first_report_is_due_at_once() => Assert.Equal(TimeSpan.Zero, Due(new ReportPace()));

    [Fact]
    public void Without_a_change_the_next_is_due_after_the_period() => Assert.Equal(At(160), Due(Quiet));

    [Fact]
    public void A_change_is_told_after_a_moment_and_further_ones_do_not_put_it_off() =>
        Assert.Equal(At(110.1), Due(Quiet.Changed(At(110)).Changed(At(110.05))));

    [Fact]
    public void A_change_puts_the_regular_report_not_off() => Assert.Equal(At(160), Due(Quiet.Changed(At(159.99))));

    [Fact]
    public void A_report_of_one_change_is_no_regular_one() =>
        Assert.Equal(At(160), Due(Quiet.Sent(At(130), whole: false, awaitsAck: false, large: false)));

    [Fact]
    public void Large_ones_keep_a_distance()
    {
        var large = Quiet.Sent(At(110), whole: false, awaitsAck: false, large: true);
        Assert.Equal(At(111), Due(large.Changed(At(110.2))));
        Assert.Equal(At(115.1), Due(large.Changed(At(115))));
    }

    [Fact]
    public void While_more_events_wait_only_the_ack_or_its_deadline_brings_the_next()
    {
        var waiting = Quiet.Sent(At(110), whole: true, awaitsAck: true, large: true);
        Assert.Equal(At(120), Due(waiting.Changed(At(111))));
        Assert.True(Due(waiting.Acked(At(112))) <= At(112));
    }

    [Fact]
    public void An_ack_alone_brings_no_report() => Assert.Equal(At(160), Due(Quiet.Acked(At(112))));

    [Fact]
    public void After_a_failure_nothing_is_tried_before_its_time()
    {
        var failed = Quiet.Changed(At(110)).Failed(At(111), TimeSpan.FromSeconds(5));
        Assert.Equal(At(116), Due(failed));
        Assert.Equal(At(116), Due(failed.Changed(At(112))));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Due(ReportPace pace) => pace.DueAt(Period, Times);
}
