using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Judges ladders that an earlier agent left. Pure.</summary>
internal static class CutLadders
{
    /// <param name="kept">As it was journalled last.</param>
    /// <param name="alive">The process that is there; null when there is none.</param>
    /// <param name="wanted">One is to run.</param>
    public static CutLadder Judge(LadderView kept, ProcessIdentity? alive, bool wanted)
    {
        var proof = kept.Proof;
        var told = kept.Current is { Rung: LadderRung.Terminate or LadderRung.Kill } || kept.Wallet.Ending;
        return alive is not null && alive == proof.Before && proof.After is null
            ? !wanted ? CutLadder.StopAnew : told ? CutLadder.EndAnew : CutLadder.Interrupted
            : proof.After is not null && proof.After != alive ? CutLadder.BothGone : CutLadder.Gone;
    }
}
