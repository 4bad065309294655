using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Which of the steps before the signal are of use, and how long they may take. Pure.</summary>
internal static class StopPlan
{
    /// <summary>
    /// The most that an RPC call may take before the signal: a wallet whose daemon has just hung does not answer, and its end by SIGTERM takes up
    /// to 207 s more, within the default budget of 230 s. A save that goes on longer is not cut by the signal, which waits behind it.
    /// </summary>
    public static readonly TimeSpan MostForRpc = TimeSpan.FromSeconds(20);

    /// <summary>With less than this an RPC call is not begun.</summary>
    private static readonly TimeSpan LeastForRpc = TimeSpan.FromMilliseconds(100);

    /// <summary>At least half of what is left stays for the signal.</summary>
    public static TimeSpan ForRpc(TimeSpan left) => left / 2 < MostForRpc ? left / 2 : MostForRpc;

    /// <param name="silence">Why an answer is not to be expected; null when one is.</param>
    /// <param name="left">Of the budget.</param>
    /// <returns>Null where <c>store</c> is to be asked for, else why not: a hung wallet would only keep us waiting.</returns>
    public static string? WhyNoStore(string? silence, TimeSpan left) =>
        silence ?? (ForRpc(left) < LeastForRpc ? "no time is left for it" : null);

    /// <summary>The same, by what the wallet answers to <c>get_height</c> right before; null is no answer.</summary>
    public static string? WhyNoStore(HeightReply? height) => height switch
    {
        HeightReply.Answered { Wallet: WalletAnswer.NotOpen } => "no wallet is open (error -13)",
        HeightReply.Answered => null,
        HeightReply.NoAnswer none => $"it does not answer now: {Words.Answer(none.Why)}",
        _ => "it does not answer now",
    };

    /// <param name="adopted">Its exit code may stay unknown.</param>
    /// <param name="stored">How the save ended.</param>
    /// <param name="left">Of the budget.</param>
    /// <returns>Null where <c>stop_wallet</c> is to be asked for, else why not.</returns>
    public static string? WhyNoStopWallet(bool adopted, StepResult stored, TimeSpan left) =>
        !adopted ? "SIGTERM saves as well, and the exit code tells whether it did"
        : stored is not StepResult.Ok ? "the wallet was not saved before"
        : ForRpc(left) < LeastForRpc ? "no time is left for it"
        : null;

    /// <summary>How a request to save is written down.</summary>
    public static StepResult Of(RpcReply reply) => reply switch
    {
        RpcReply.Done => new StepResult.Ok(),
        RpcReply.Error error => new StepResult.Declined(error.Code, error.Message),
        RpcReply.NoAnswer { Why: ApiAnswer.TimedOut late } => new StepResult.Overdue(Words.Answer(late)),
        RpcReply.NoAnswer none => new StepResult.Failed(Words.Answer(none.Why)),
        _ => throw new InvalidOperationException(reply.GetType().Name),
    };

    /// <summary>How the step that was under way ended with its process.</summary>
    /// <param name="seen">What the process did meanwhile; null when nobody looked.</param>
    public static StepResult AtEnd(LadderRung rung, ProcessExit exit, ExitCause cause, string? seen)
    {
        var text = $"it {Words.Exit(exit, cause)}{(seen is null ? "" : $"; meanwhile it {seen}")}";
        return (rung, exit) switch
        {
            (LadderRung.Kill, _) or (_, ProcessExit.Exited { Code: 0 }) => new StepResult.Ok(text),
            (LadderRung.Terminate, ProcessExit.Unknown) => new StepResult.Ok(text),
            (LadderRung.Terminate or LadderRung.StopWallet, _) => new StepResult.Failed(text),
            _ => new StepResult.Failed($"the process ended meanwhile: {text}"),
        };
    }
}
