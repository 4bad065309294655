using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What an API answer says about the process alone.</summary>
internal static class ApiSigns
{
    /// <summary>Something came back over HTTP: the RPC serves, whether we like the answer or not.</summary>
    public static bool IsAlive(ApiAnswer answer) =>
        answer is ApiAnswer.Answered or ApiAnswer.Unauthorized or ApiAnswer.RpcError or ApiAnswer.HttpStatus or ApiAnswer.NotJsonRpc;

    /// <summary>It was asked and gave nothing.</summary>
    public static bool IsSilent(ApiAnswer answer) =>
        answer is ApiAnswer.TimedOut or ApiAnswer.Refused or ApiAnswer.Reset or ApiAnswer.Unreachable or ApiAnswer.TlsFailed;
}
