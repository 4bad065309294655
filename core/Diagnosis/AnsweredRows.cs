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
            ? new(Remedy.OpenWallet, "answers, but its declared wallet is not open (error -13); after a start somebody must open it")
            : null;

    public static Finding? DaemonForked(Case subject) =>
        subject is { IsDaemon: true, Answer: ApiAnswer.Answered, Evidence.Chain.HashDiffersFromMajority: true }
            ? new(
                Remedy.Alert,
                $"on a fork: at height {Words.Height(subject.Evidence.Chain.Height)} its block has another hash than the majority of the other daemons")
            : null;

    public static Finding? DaemonStalled(Case subject)
    {
        if (subject is not { IsDaemon: true, Answer: ApiAnswer.Answered, Evidence.Chain: var chain })
        {
            return null;
        }

        string?[] signs =
        [
            chain.LastBlockAge is { } age && age > subject.Policy.StalledBlockAge ? $"its last block is {Words.Duration(age)} old" : null,
            chain.Peers == 0 ? "it has no peers" : null,
            chain.BehindMedian is { } behind && behind > subject.Policy.DaemonLag ? $"it is {behind} blocks behind the median of the other daemons" : null,
        ];
        var found = string.Join(", ", signs.OfType<string>());
        return found.Length == 0 ? null : new(Remedy.Alert, $"answers, but stalled: {found}");
    }

    public static Finding? WalletBehind(Case subject) =>
        !subject.IsDaemon && subject.Answer is ApiAnswer.Answered { Wallet: WalletAnswer.Open wallet }
        && subject.Evidence.Chain is { DaemonHeight: { } daemon, Rising: false } && wallet.Height < daemon - subject.Policy.WalletLag
            ? new(Remedy.Alert, $"the wallet stands at height {wallet.Height}, {daemon - wallet.Height} blocks behind its daemon, and does not rise")
            : null;

    /// <summary>Not while a declared probe fails that should have got the same answer: that is Unreachable, further down.</summary>
    public static Finding? Healthy(Case subject)
    {
        if (subject.Answer is not ApiAnswer.Answered answered || SilentRows.ProbeContradicts(subject))
        {
            return null;
        }

        var needsWallet = subject.Evidence.WalletDeclared && !subject.IsDaemon;
        var text = $"version {Words.Version(answered.Version)} answered in {Words.Milliseconds(answered.Latency)}";
        return (answered.Wallet, needsWallet) switch
        {
            (WalletAnswer.Open open, _) => new(Remedy.None, $"{text}; the wallet is open at height {open.Height}"),
            (WalletAnswer.NotAsked or WalletAnswer.NotOpen, false) => new(Remedy.None, text),
            _ => null,
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
