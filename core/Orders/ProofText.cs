using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>A proof of restart in words.</summary>
internal static class ProofText
{
    /// <summary>What an operator calls the step.</summary>
    public static string Of(LadderRung rung) => rung switch
    {
        LadderRung.Continue => "SIGCONT",
        LadderRung.Store => "store",
        LadderRung.StopWallet => "stop_wallet",
        LadderRung.Terminate => "SIGTERM",
        LadderRung.Kill => "SIGKILL",
        LadderRung.Port => "port free",
        LadderRung.Start => "start",
        LadderRung.Answer => "answers",
        LadderRung.OpenWallet => "wallet open",
        LadderRung.Height => "height",
        _ => rung.ToString(),
    };

    public static string Of(LadderStep step) => step.Result switch
    {
        StepResult.Ok ok => $"{Of(step.Rung)}: ok{After(step.TookMs)}{Behind(ok.Text)}",
        StepResult.Skipped skipped => $"{Of(step.Rung)}: skipped: {skipped.Why}",
        StepResult.Overdue overdue => $"{Of(step.Rung)}: timed out{After(step.TookMs)}: {overdue.Text}",
        StepResult.Declined declined => $"{Of(step.Rung)}: refused{After(step.TookMs)}: error {declined.Code}, {declined.Message}",
        StepResult.Failed failed => $"{Of(step.Rung)}: failed{After(step.TookMs)}: {failed.Why}",
        StepResult.Underway underway => $"{Of(step.Rung)}: under way{Behind(underway.Text)}",
        _ => Of(step.Rung),
    };

    /// <summary>The whole in one line: what was done, how long it took, the lives, and what it cost.</summary>
    public static string Of(RestartProof proof) => $"{Deed(proof)}{Took(proof.TookMs)}{Lives(proof)}{Last(proof)}{(proof.Losses is { } losses ? $"; lost: {Of(losses)}" : "")}";

    /// <summary>The same in a few lines.</summary>
    public static IEnumerable<string> Lines(RestartProof proof)
    {
        var heights = proof.HeightBefore is null && proof.HeightAfter is null ? "" : $", height {Words.Height(proof.HeightBefore)} -> {Words.Height(proof.HeightAfter)}";
        yield return $"{Deed(proof)}{Took(proof.TookMs)}{Lives(proof)}{heights}{Last(proof)}";
        yield return $"because: {Of(proof.Reason)}{(proof.Found is { } found ? $"; it was {found}{Behind(proof.Explanation)}" : "")}";
        if (proof.Losses is { } losses)
        {
            yield return $"lost: {Of(losses)}";
        }
    }

    public static string Of(RestartReason reason) => reason switch
    {
        RestartReason.ByOrder order => $"{order.Verb} ordered by {order.By}",
        RestartReason.ByDiagnosis => "the agent's own remedy",
        RestartReason.ByExit exit => exit.Text,
        RestartReason.ByReload => "its configuration changed",
        RestartReason.ByLeave => "the agent goes down, or the node was removed",
        _ => reason.GetType().Name,
    };

    /// <summary>What an operator should know of it.</summary>
    public static string Of(Losses losses) => losses switch
    {
        Losses.None none => $"nothing: {none.Why}",
        Losses.MayBeRescanned rescan => $"what happened since {Since(rescan)} may have to be scanned again{Blocks(rescan.Blocks)}; notes, labels and transaction keys written since then may be missing, the seed and the funds are not touched",
        Losses.SaveFailed failed => $"the wallet could not be saved: {failed.Text}; what happened since its last save may have to be scanned again, and notes, labels and transaction keys written since then may be missing",
        Losses.NotKnown unknown => $"not known: {unknown.Why}",
        _ => losses.GetType().Name,
    };

    private static string Since(Losses.MayBeRescanned rescan) => rescan switch
    {
        { SavedAt: { } saved } => $"the save at {Words.Time(saved)}",
        { OpenedAt: { } opened } => $"the wallet was opened at {Words.Time(opened)}",
        _ => "its last save, whose time is not known,",
    };

    private static string Blocks(long? blocks) => blocks is { } known ? string.Create(CultureInfo.InvariantCulture, $" ({known} blocks were missing)") : "";

    private static string Deed(RestartProof proof) => (proof.State, proof.Before, proof.After) switch
    {
        (ProofState.Complete, _, null) => "stopped",
        (ProofState.Complete, null, _) => "started",
        (ProofState.Complete, _, _) => "restarted",
        (ProofState.Interrupted, _, _) => "interrupted: the agent was ended in the middle of it",
        (ProofState.Incomplete, _, _) => "not completed",
        _ => "under way",
    };

    /// <summary>Of one that did not come to its end: the step that it came to.</summary>
    private static string Last(RestartProof proof) => proof.State is ProofState.Incomplete or ProofState.Interrupted && !proof.Steps.IsEmpty ? $"; {Of(proof.Steps[^1])}" : "";

    private static string Took(long? ms) => ms is null ? "" : $" in {Seconds(ms.Value)}";

    private static string After(long? ms) => ms is null ? "" : $" after {Seconds(ms.Value)}";

    private static string Behind(string? text) => string.IsNullOrEmpty(text) ? "" : $": {text}";

    private static string Lives(RestartProof proof) => (proof.Before, proof.After) switch
    {
        (null, null) => "",
        ({ } before, null) => $", pid {before.Pid}",
        (null, { } after) => $", pid {after.Pid}",
        var (before, after) when before == after => $", pid {before!.Pid}",
        var (before, after) => $", pid {before!.Pid} -> {after!.Pid}",
    };

    private static string Seconds(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.##} s");
}
