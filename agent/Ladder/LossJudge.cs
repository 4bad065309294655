using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// What the end of a process may have cost. Pure. Auto-refresh does not save: without a save or an orderly end all that a wallet took in since
/// it was opened was in memory only.
/// </summary>
internal static class LossJudge
{
    public static Losses Of(NodeKind kind, ProcessExit exit, ExitCause cause, WalletLife life) => (kind, exit) switch
    {
        (NodeKind.Daemon, ProcessExit.Exited { Code: 0 }) => new Losses.None("monerod closed its database and exited with code 0"),
        (NodeKind.Daemon, ProcessExit.Unknown) => new Losses.NotKnown("how monerod ended is not known; it checks its database when it starts"),
        (NodeKind.Daemon, _) => new Losses.NotKnown($"monerod {Words.Exit(exit, cause)} before it had closed its database, which it checks when it starts"),
        _ when life.Open == false => new Losses.None("no wallet was open"),
        (_, ProcessExit.Exited { Code: 0 }) => new Losses.None(life.Open is null
            ? "it exited with code 0, which saves a wallet that is open"
            : $"{Saved(life)}it exited with code 0, which saves"),
        _ when life.Ending => new Losses.None($"the wallet said at {Words.Time(life.SavedAt!.Value)} that it had saved and ends"),
        _ when cause == ExitCause.SaveFailed || life.SaveRefused is not null => new Losses.SaveFailed(Refusal(exit, cause, life)),
        _ when life.Open is null && life.SavedAt is null => new Losses.NotKnown("whether a wallet was open; what it had not saved may have to be scanned again"),
        (_, ProcessExit.Unknown) when life.SavedAt is null => new Losses.NotKnown("how it ended, as no agent saw it; what the wallet had not saved may have to be scanned again"),
        _ => new Losses.MayBeRescanned { SavedAt = life.SavedAt, OpenedAt = life.OpenedAt },
    };

    /// <summary>What the height after the start says about it.</summary>
    public static Losses? With(Losses? losses, long? before, long? after) => (losses, before - after) switch
    {
        (Losses.MayBeRescanned rescan, > 0 and var blocks) => rescan with { Blocks = blocks },
        (Losses.None or Losses.NotKnown, > 0 and var blocks) => new Losses.MayBeRescanned { Blocks = blocks },
        _ => losses,
    };

    private static string Saved(WalletLife life) => life.SavedAt is { } at ? $"the wallet was saved at {Words.Time(at)}, and " : "";

    private static string Refusal(ProcessExit exit, ExitCause cause, WalletLife life)
    {
        var said = life.SaveRefused is { } refused ? $"it answered {refused}; " : "";
        var saved = life.SavedAt is { } at ? $"; it was last saved at {Words.Time(at)}" : life.OpenedAt is { } opened ? $"; it was opened at {Words.Time(opened)}" : "";
        return $"{said}it {Words.Exit(exit, cause)}{saved}";
    }
}
