using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class LadderTests
{
    private static readonly ProcessIdentity Before = new("boot", 42, 1, "m1");

    private readonly FakeTimeProvider _time = new();
    private readonly AgentClock _clock;
    private readonly List<(LadderStep? Step, LadderRung? Next)> _told = [];

    public LadderTests() => _clock = new AgentClock(_time);

    [Fact]
    public void Steps_are_timed_by_the_clock_that_nobody_sets_and_each_names_the_next()
    {
        var ladder = New(TimeSpan.FromSeconds(230));
        ladder.Take(LadderRung.Continue, new StepResult.Ok(), TimeSpan.Zero, LadderRung.Store);
        _time.Advance(TimeSpan.FromMilliseconds(310));
        ladder.End(LadderRung.Store, new StepResult.Ok(), LadderRung.StopWallet);
        ladder.End(LadderRung.StopWallet, new StepResult.Skipped("of no use"), LadderRung.Terminate);
        _time.Advance(TimeSpan.FromSeconds(2));
        ladder.Saw("used 0.5 s of CPU", tell: false);
        ladder.Gone(NodeKind.WalletRpc, new ProcessExit.Exited(0), ExitCause.Unknown, _clock.Now, LadderRung.Port);

        var proof = ladder.Conclude(ProofState.Complete).Proof;
        Assert.Equal([0L, 310, null, 2_000], proof.Steps.Select(s => s.TookMs));
        Assert.Equal(2_310, proof.TookMs);
        Assert.Equal([LadderRung.Store, LadderRung.StopWallet, LadderRung.Terminate, LadderRung.Port], _told.Select(t => t.Next!.Value));
        Assert.Equal("it exited (code 0); meanwhile it used 0.5 s of CPU", ((StepResult.Ok)proof.Steps[^1].Result).Text);
        Assert.IsType<Losses.None>(proof.Losses);
    }

    [Fact]
    public void A_step_of_the_stop_that_is_told_after_the_process_has_gone_changes_nothing()
    {
        var ladder = New(TimeSpan.FromSeconds(230));
        ladder.Take(LadderRung.Continue, new StepResult.Ok(), TimeSpan.Zero, LadderRung.Terminate);
        ladder.Gone(NodeKind.WalletRpc, new ProcessExit.Killed(9), ExitCause.Unknown, _clock.Now, null);
        var known = ladder.View;

        ladder.End(LadderRung.Terminate, new StepResult.Overdue("late"), LadderRung.Kill);
        ladder.Take(LadderRung.Kill, new StepResult.Ok(), TimeSpan.Zero);

        Assert.Equal(known, ladder.View);
        Assert.Equal([LadderRung.Continue, LadderRung.Terminate], known.Proof.Steps.Select(s => s.Rung));
    }

    [Fact]
    public async Task A_budget_is_shortened_and_never_lengthened_and_who_waits_is_woken()
    {
        var ladder = New(TimeSpan.FromSeconds(230));
        var shortened = ladder.Shortened;
        ladder.Shorten(TimeSpan.FromSeconds(300));
        Assert.Equal((TimeSpan.FromSeconds(230), false), (ladder.Left, shortened.IsCompleted));

        ladder.Shorten(TimeSpan.FromSeconds(10));
        await shortened;
        Assert.Equal(TimeSpan.FromSeconds(10), ladder.Left);
        Assert.False(ladder.Shortened.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(4));
        ladder.Shorten(TimeSpan.FromSeconds(8));
        Assert.Equal(TimeSpan.FromSeconds(6), ladder.Left);
        ladder.Shorten(TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, ladder.Left);
    }

    [Fact]
    public void What_goes_on_for_long_is_told_and_is_none_of_the_steps_that_were_taken()
    {
        var ladder = New(TimeSpan.FromSeconds(230));
        ladder.Take(LadderRung.Continue, new StepResult.Ok(), TimeSpan.Zero, LadderRung.Terminate);
        ladder.Saw("used no CPU", tell: true);

        Assert.Equal(new StepResult.Underway("used no CPU"), _told[^1].Step!.Result);
        Assert.Single(ladder.View.Proof.Steps);
        Assert.Equal(LadderRung.Terminate, ladder.View.Current!.Rung);
    }

    [Fact]
    public void However_many_steps_there_are_and_whatever_they_say_a_proof_is_bounded()
    {
        var ladder = New(TimeSpan.FromSeconds(230));
        for (var i = 0; i < 100; i++)
        {
            ladder.Take(LadderRung.Port, new StepResult.Failed(new string('x', 10_000)), TimeSpan.Zero);
        }

        var proof = ladder.Conclude(ProofState.Incomplete).Proof;
        Assert.Equal(RestartProof.MostSteps, proof.Steps.Length);
        Assert.All(proof.Steps, s => Assert.Equal(StepResult.LongestText, ((StepResult.Failed)s.Result).Why.Length));
    }

    private Agent.Ladder New(TimeSpan budget)
    {
        var proof = new RestartProof { State = ProofState.Underway, Reason = new RestartReason.ByDiagnosis(), Began = _clock.Wall, Before = Before, Steps = [] };
        return new Agent.Ladder(new LadderView(1, null, proof), _clock, budget, (_, step, next) => _told.Add((step, next)));
    }
}
