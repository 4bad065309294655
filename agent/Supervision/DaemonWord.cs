using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What is known of a daemon, for the wallets that use it.</summary>
/// <param name="Sighting">How it answered last.</param>
/// <param name="Height">In blocks; null when it did not tell.</param>
internal sealed record DaemonWord(DaemonSighting Sighting, long? Height)
{
    public static DaemonWord None { get; } = new(DaemonSighting.NotKnown, null);

    /// <summary>
    /// Null for what says nothing. Only an answer over HTTP proves that the RPC serves: a wallet that has waited for longer than its own limit
    /// for a daemon that does serve is restarted. "Refuses" is only what was refused.
    /// </summary>
    public static DaemonSighting? Of(ApiAnswer answer) => answer switch
    {
        ApiAnswer.Answered or ApiAnswer.Unauthorized or ApiAnswer.RpcError => DaemonSighting.Answers,
        ApiAnswer.HttpStatus { Status: < 500 } => DaemonSighting.Answers,
        ApiAnswer.Refused => DaemonSighting.Refuses,
        ApiAnswer.TimedOut or ApiAnswer.Unreachable or ApiAnswer.HttpStatus => DaemonSighting.Silent,
        ApiAnswer.Reset or ApiAnswer.TlsFailed or ApiAnswer.NotJsonRpc => DaemonSighting.NotKnown,
        _ => null,
    };
}
