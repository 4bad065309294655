namespace MoneroCloud.Core;

/// <summary>The rows of a node that answered something.</summary>
internal static class AnsweredRows
{
    private const int NoWalletFile = -13;
    private const int NoDaemonConnection = -38;

    public static Finding? WrongService(Case subject)
    {
        if (subject.Answer is not ApiAnswer.Answered answered || subject.IsRightService(answered))
        {
            return null;
        }

        var found = answered.Major switch { 1 => "a wallet-rpc", 3 => "a daemon", _ => "neither a wallet-rpc nor a daemon" };
        var declared = subject.IsDaemon ? "a daemon" : "a wallet-rpc";
        return new(
            Remedy.Alert,
            $"{Words.Port(subject.Evidence.Url)} answers with version {Words.Version(answered.Version)}: {found}, where {declared} is declared");
    }

    public static Finding? BadAnswer(Case subject)
    {
        var what = subject.Answer switch
        {
            ApiAnswer.HttpStatus or ApiAnswer.NotJsonRpc or ApiAnswer.TlsFailed => Words.Answer(subject.Answer),
            ApiAnswer.RpcError error when !HasRowOfItsOwn(subject, error.Code) => Words.Answer(error),
            ApiAnswer.Answered { Wallet: WalletAnswer.Error wallet } => $"error {wallet.Code} to get_height",
            _ => null,
        };
        return what is null ? null : new(
            Remedy.Alert,
            $"{Words.Port(subject.Evidence.Url)} gave a bad answer: {what}; look at the address, the proxy and the TLS settings");
    }

    /// <summary>
    /// A nonce that stays stale after the client's retries belongs here as well, not to BadAnswer: it is a 401 by a living node, and what is
    /// wrong lies between, most often a proxy that spreads over several connections what digest binds to one.
    /// </summary>
    public static Finding? AuthRejected(Case subject)
    {
        var answer = subject is { Local: ApiAnswer.Answered, Probe: ApiAnswer.Unauthorized } ? subject.Probe : subject.Answer;
        if (answer is not ApiAnswer.Unauthorized refused)
        {
            return null;
        }

        var who = ReferenceEquals(answer, subject.Local) ? "the check" : "the monitor's probe";
        return new(Remedy.Alert, refused.Stale
            ? $"alive, but {who} cannot log in: its nonce is stale at every try (401); a proxy may spread one login over several connections"
            : $"alive, but the login of {who} is rejected (401); correct its user and password");
    }

    public static Finding? NoWalletOpen(Case subject) =>
        !subject.IsDaemon && subject.Evidence.WalletDeclared
        && subject.Answer is ApiAnswer.Answered { Wallet: WalletAnswer.NotOpen } or ApiAnswer.RpcError { Code: NoWalletFile }
            ? new(
                Remedy.OpenWallet,
                "answers, but its declared wallet is not open (error -13); "
                    + (subject.Evidence.OpenFailed is { } why ? $"opening it failed: {why}" : "after a start somebody must open it"))
            : null;

    public static Finding? DaemonForked(Case subject) =>
        subject is { IsDaemon: true, Answer: ApiAnswer.Answered, Chain: { HashDiffersFromMajority: true } chain }
            ? new(
                Remedy.Alert,
                $"on a fork: at height {Words.Height(chain.ForkedAt ?? chain.Height)} its block has another hash than the majority of {Others(chain)}; "
                + "what its wallets see is not what others see: compare its version with theirs, then let it sync anew")
            : null;

    public static Finding? DaemonStalled(Case subject)
    {
        if (subject is not { IsDaemon: true, Answer: ApiAnswer.Answered, Chain: var chain })
        {
            return null;
        }

        string?[] signs =
        [
            chain.LastBlockAge is { } age && age > subject.Policy.StalledBlockAge ? $"its last block is {Words.Duration(age)} old" : null,
            chain.Peers == 0 ? "it has no peers" : null,
            chain.BehindMedian is { } behind && behind > subject.Policy.DaemonLag ? $"it is {behind} blocks behind the median of {Others(chain)}" : null,
        ];
        var found = string.Join(", ", signs.OfType<string>());
        return found.Length == 0 ? null : new(Remedy.Alert, Syncs(chain) is { } syncs
            ? $"answers, but {syncs}: {found}; its wallets wait until it is there"
            : $"answers, but stalled: {found}; look at its network and its log");
    }

    public static Finding? WalletBehind(Case subject) =>
        !subject.IsDaemon && subject.Answer is ApiAnswer.Answered { Wallet: WalletAnswer.Open wallet }
        && subject.Evidence.Chain is { DaemonHeight: { } daemon, Rising: false } && wallet.Height < daemon - subject.Policy.WalletLag
            ? new(Remedy.Alert, $"the wallet stands at height {wallet.Height}, {daemon - wallet.Height} blocks behind its daemon, which stands at {daemon}, and does not rise; "
                + "what came in since is not shown")
            : null;

    /// <summary>Not while a declared probe fails that should have got the same answer: that is Unreachable, further down.</summary>
    public static Finding? Healthy(Case subject)
    {
        if (subject.Answer is not ApiAnswer.Answered answered || SilentRows.ProbeContradicts(subject))
        {
            return null;
        }

        var needsWallet = subject.Evidence.WalletDeclared && !subject.IsDaemon;
        var text = $"version {Words.Version(answered.Version)} answered in {Words.Milliseconds(answered.Latency)}{Standing(subject, answered)}";
        return (answered.Wallet, needsWallet) switch
        {
            (WalletAnswer.Open open, _) => new(Remedy.None, $"{text}; the wallet is open at height {open.Height}{WithoutDaemon(subject)}"),
            (WalletAnswer.NotAsked or WalletAnswer.NotOpen, false) => new(Remedy.None, text),
            _ => null,
        };
    }

    private static string Others(ChainSighting chain) => chain.OtherDaemons switch
    {
        null => "the other daemons",
        1 => "the one other daemon that is known",
        var others => $"the {others} other daemons",
    };

    /// <summary>Null for a daemon that believes to be at the top, or does not come nearer to it.</summary>
    private static string? Syncs(ChainSighting chain) => chain is { Height: { } height, SyncsTo: { } top, Rising: true }
        ? $"still syncing, at height {height} of {top}"
        : null;

    /// <summary>A wallet answers at once when its daemon is gone; what it says is then what it knew before, or a guess from the clock.</summary>
    private static string WithoutDaemon(Case subject) => subject.Evidence.Daemon is DaemonSighting.Refuses or DaemonSighting.Silent or DaemonSighting.Busy
        ? $", but its daemon {Words.Daemon(subject.Evidence.Daemon)}: it learns of nothing new meanwhile"
        : "";

    /// <summary>Where a healthy daemon stands, or why that is not known; nothing of one that was not asked, and of a wallet.</summary>
    private static string Standing(Case subject, ApiAnswer.Answered answered)
    {
        var peers = subject.Chain.Peers is { } count ? $", with {Words.Peers(count)}" : "";
        return answered.Chain switch
        {
            ChainAnswer.NotTold failed => $"; its height is not known: get_info gave {Words.Answer(failed.Why)}",
            ChainAnswer.Told { Height: { } height, Synchronized: false, Offline: not true } => $"; it stands at height {height}{peers}, and does not call itself synchronized",
            ChainAnswer.Told { Height: { } height } => $"; it stands at height {height}{peers}",
            ChainAnswer.Told => "; its height is not known: get_info did not tell it",
            _ => "",
        };
    }

    /// <summary>-13 and -38 mean something only where they can: elsewhere they are bad answers like any other.</summary>
    private static bool HasRowOfItsOwn(Case subject, int code) => !subject.IsDaemon && code switch
    {
        NoWalletFile => subject.Evidence.WalletDeclared,
        NoDaemonConnection => true,
        _ => false,
    };

    /// <summary>Whether the wallet itself said that it has no daemon.</summary>
    public static bool SaysNoDaemon(Case subject) =>
        !subject.IsDaemon && subject.Answer is ApiAnswer.Answered { Wallet: WalletAnswer.NoDaemon } or ApiAnswer.RpcError { Code: NoDaemonConnection };
}
