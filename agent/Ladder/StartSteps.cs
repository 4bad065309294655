using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The steps after a start, by what is seen of the process: each returns how the ladder ends with it, null while it goes on.</summary>
internal static class StartSteps
{
    /// <summary>It answered for the first time.</summary>
    public static ProofState? Answered(Ladder ladder, NodeConfig config)
    {
        ladder.End(LadderRung.Answer, new StepResult.Ok(), config.Wallet is null ? null : LadderRung.OpenWallet);
        if (config.Wallet is not null)
        {
            return null;
        }

        if (ladder.View.Wallet.Open == true && !config.WalletFileMode)
        {
            ladder.Take(LadderRung.OpenWallet, new StepResult.Skipped("a wallet was open before, and none is declared: it has to be opened by whoever did"), TimeSpan.Zero);
        }

        return ProofState.Complete;
    }

    /// <summary>The agent opened the declared wallet, or could not.</summary>
    public static ProofState? Opened(Ladder ladder, string? failure)
    {
        ladder.End(LadderRung.OpenWallet, failure is null ? new StepResult.Ok() : new StepResult.Failed(failure), failure is null ? LadderRung.Height : null);
        return failure is null ? null : ProofState.Incomplete;
    }

    /// <summary>What the wallet says of itself.</summary>
    public static ProofState? Saw(Ladder ladder, WalletAnswer wallet)
    {
        if (wallet is WalletAnswer.Open)
        {
            ladder.End(LadderRung.OpenWallet, new StepResult.Ok("it is open"), LadderRung.Height);
        }

        if (ladder.View.Current?.Rung != LadderRung.Height || wallet is WalletAnswer.NotAsked or WalletAnswer.NotOpen)
        {
            return null;
        }

        if (wallet is WalletAnswer.Open { Height: var height })
        {
            var before = ladder.View.Proof.HeightBefore;
            ladder.Rose(height);
            ladder.End(LadderRung.Height, before > height
                ? new StepResult.Failed($"{before} before, {height} now: {before - height} blocks are scanned again")
                : new StepResult.Ok($"{Words.Height(before)} before, {height} now"));
        }
        else
        {
            ladder.End(LadderRung.Height, new StepResult.Skipped(wallet is WalletAnswer.NoDaemon ? "the wallet has no daemon to tell it by" : "the wallet did not tell it"));
        }

        return ProofState.Complete;
    }
}
