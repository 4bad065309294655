using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class CutLaddersTests
{
    private static readonly ProcessIdentity Old = new("boot", 42, 1, "m1");
    private static readonly ProcessIdentity Next = new("boot", 43, 2, "m2");
    private static readonly ProcessIdentity Another = new("boot", 44, 3, "m3");

    /// <summary>The step at which it was cut, the life that was started already, the one that is there, whether one is wanted; what is done.</summary>
    public static TheoryData<LadderRung, string, string, bool, string> Rows => new()
    {
        { LadderRung.Store, "none", "old", true, "Interrupted" },
        { LadderRung.StopWallet, "none", "old", true, "Interrupted" },
        { LadderRung.Terminate, "none", "old", true, "EndAnew" },
        { LadderRung.Kill, "none", "old", true, "EndAnew" },
        { LadderRung.Store, "none", "old", false, "StopAnew" },
        { LadderRung.Terminate, "none", "old", false, "StopAnew" },
        { LadderRung.Terminate, "none", "none", true, "Gone" },
        { LadderRung.Terminate, "none", "none", false, "Gone" },
        { LadderRung.Port, "none", "next", true, "Gone" },
        { LadderRung.Answer, "next", "next", true, "Gone" },
        { LadderRung.OpenWallet, "next", "none", true, "BothGone" },
        { LadderRung.OpenWallet, "next", "another", true, "BothGone" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_ladder_is_taken_up_where_its_process_was_told_to_end_and_left_alone_before(LadderRung cut, string started, string living, bool wanted, string judged)
    {
        var proof = new RestartProof { State = ProofState.Underway, Reason = new RestartReason.ByDiagnosis(), Began = default, Before = Old, After = Life(started), Steps = [] };
        var kept = new LadderView(1, null, proof) { Current = new LadderStep(cut, default, null, new StepResult.Underway()) };

        Assert.Equal(judged, CutLadders.Judge(kept, Life(living), wanted).ToString());
    }

    [Fact]
    public void A_wallet_that_said_that_it_ends_has_been_told()
    {
        var proof = new RestartProof { State = ProofState.Underway, Reason = new RestartReason.ByDiagnosis(), Began = default, Before = Old, Steps = [] };
        var kept = new LadderView(1, null, proof) { Current = new LadderStep(LadderRung.StopWallet, default, null, new StepResult.Underway()), Wallet = new WalletLife { Ending = true } };

        Assert.Equal(CutLadder.EndAnew, CutLadders.Judge(kept, Old with { }, wanted: true));
    }

    private static ProcessIdentity? Life(string life) => life switch { "old" => Old with { }, "next" => Next with { }, "another" => Another, _ => null };
}
