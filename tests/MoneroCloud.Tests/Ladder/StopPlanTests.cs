using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class StopPlanTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(230);

    [Theory]
    [InlineData(null, 230_000, null)]
    [InlineData(null, 200, null)]
    [InlineData(null, 199, "no time is left for it")]
    [InlineData(null, 0, "no time is left for it")]
    [InlineData(null, -5, "no time is left for it")]
    [InlineData("it did not answer", 230_000, "it did not answer")]
    public void A_save_is_asked_for_only_of_a_wallet_that_can_answer_in_time(string? silence, int leftMs, string? why) =>
        Assert.Equal(why, StopPlan.WhyNoStore(silence, TimeSpan.FromMilliseconds(leftMs)));

    public static TheoryData<HeightReply?, string?> Heights => new()
    {
        { new HeightReply.Answered(new WalletAnswer.Open(7)), null },
        { new HeightReply.Answered(new WalletAnswer.NoDaemon()), null },
        { new HeightReply.Answered(new WalletAnswer.Error(-1)), null },
        { new HeightReply.Answered(new WalletAnswer.NotOpen()), "no wallet is open (error -13)" },
        { new HeightReply.NoAnswer(new ApiAnswer.TimedOut(TimeSpan.FromSeconds(5))), "it does not answer now: no answer within 5 s" },
        { new HeightReply.NoAnswer(new ApiAnswer.Unauthorized(Stale: false)), "it does not answer now: HTTP status 401" },
        { null, "it does not answer now" },
    };

    [Theory]
    [MemberData(nameof(Heights))]
    public void And_only_of_one_that_answers_at_that_moment(HeightReply? height, string? why) => Assert.Equal(why, StopPlan.WhyNoStore(height));

    [Theory]
    [InlineData(true, true, 230_000, null)]
    [InlineData(false, true, 230_000, "SIGTERM saves as well, and the exit code tells whether it did")]
    [InlineData(true, false, 230_000, "the wallet was not saved before")]
    [InlineData(true, true, 50, "no time is left for it")]
    public void It_is_asked_to_end_by_itself_only_where_its_exit_code_may_stay_unknown(bool adopted, bool stored, int leftMs, string? why) =>
        Assert.Equal(why, StopPlan.WhyNoStopWallet(adopted, stored ? new StepResult.Ok() : new StepResult.Overdue("x"), TimeSpan.FromMilliseconds(leftMs)));

    [Fact]
    public void What_the_RPC_may_take_leaves_a_hung_wallet_its_207_s_of_the_default_budget()
    {
        Assert.True(NodeConfig.DefaultStopBudget - StopPlan.ForRpc(NodeConfig.DefaultStopBudget) >= TimeSpan.FromSeconds(207));
        Assert.Equal(TimeSpan.FromSeconds(5), StopPlan.ForRpc(TimeSpan.FromSeconds(10)));
        Assert.Equal(StopPlan.MostForRpc, StopPlan.ForRpc(Plenty));
    }

    public static TheoryData<RpcReply, StepResult> Replies => new()
    {
        { new RpcReply.Done(), new StepResult.Ok() },
        { new RpcReply.Error(-1, "failed to save file"), new StepResult.Declined(-1, "failed to save file") },
        { new RpcReply.NoAnswer(new ApiAnswer.TimedOut(TimeSpan.FromSeconds(20))), new StepResult.Overdue("no answer within 20 s") },
        { new RpcReply.NoAnswer(new ApiAnswer.Reset()), new StepResult.Failed("a reset connection") },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void Every_reply_is_a_result(RpcReply reply, StepResult result) => Assert.Equal(result, StopPlan.Of(reply));

    public static TheoryData<LadderRung, ProcessExit, ExitCause, Type> Ends => new()
    {
        { LadderRung.Terminate, new ProcessExit.Exited(0), ExitCause.Unknown, typeof(StepResult.Ok) },
        { LadderRung.Terminate, new ProcessExit.Unknown(), ExitCause.Unknown, typeof(StepResult.Ok) },
        { LadderRung.Terminate, new ProcessExit.Exited(1), ExitCause.SaveFailed, typeof(StepResult.Failed) },
        { LadderRung.Terminate, new ProcessExit.Killed(9), ExitCause.Unknown, typeof(StepResult.Failed) },
        { LadderRung.Kill, new ProcessExit.Killed(9), ExitCause.Unknown, typeof(StepResult.Ok) },
        { LadderRung.StopWallet, new ProcessExit.Exited(0), ExitCause.Unknown, typeof(StepResult.Ok) },
        { LadderRung.StopWallet, new ProcessExit.Killed(11), ExitCause.Unknown, typeof(StepResult.Failed) },
        { LadderRung.Store, new ProcessExit.Killed(9), ExitCause.Unknown, typeof(StepResult.Failed) },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_end_of_the_process_ends_the_step_that_was_under_way(LadderRung rung, ProcessExit exit, ExitCause cause, Type result) =>
        Assert.Equal(result, StopPlan.AtEnd(rung, exit, cause, "used 1 s of CPU").GetType());
}
