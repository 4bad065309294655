using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>How one API check ended. Every failure is a case: a check never throws for what the node does.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NotAsked), "not_asked")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(TimedOut), "timed_out")]
[JsonDerivedType(typeof(Reset), "reset")]
[JsonDerivedType(typeof(Unauthorized), "unauthorized")]
[JsonDerivedType(typeof(HttpStatus), "http_status")]
[JsonDerivedType(typeof(NotJsonRpc), "not_json_rpc")]
[JsonDerivedType(typeof(RpcError), "rpc_error")]
[JsonDerivedType(typeof(TlsFailed), "tls_failed")]
[JsonDerivedType(typeof(Unreachable), "unreachable")]
[JsonDerivedType(typeof(OwnFailure), "own_failure")]
public abstract record ApiAnswer
{
    private ApiAnswer()
    {
    }

    public sealed record NotAsked : ApiAnswer;

    /// <summary>An integer <c>result.version</c> came back.</summary>
    /// <param name="Version"><c>major &lt;&lt; 16 | minor</c>: 65561 is 1.25.</param>
    /// <param name="Latency">From the request to the end of the answer of <c>get_version</c>.</param>
    /// <param name="Wallet">What <c>get_height</c> said, where a wallet is declared.</param>
    public sealed record Answered(int Version, TimeSpan Latency, WalletAnswer Wallet) : ApiAnswer
    {
        /// <summary>What a daemon said of its chain; null where nobody asked, as of a wallet.</summary>
        public ChainAnswer? Chain { get; init; }

        [JsonIgnore]
        public int Major => Version >> 16;

        [JsonIgnore]
        public int Minor => Version & 0xFFFF;
    }

    /// <summary>The connection was refused: nobody listens.</summary>
    public sealed record Refused : ApiAnswer;

    /// <summary>Connected or not, no answer within the deadline.</summary>
    public sealed record TimedOut(TimeSpan After) : ApiAnswer;

    /// <summary>Connect succeeded and the first request was reset or closed: what a wallet-rpc with 25 connections does.</summary>
    public sealed record Reset : ApiAnswer;

    /// <summary>401. With <paramref name="Stale"/> the nonce had aged; without it the login is wrong.</summary>
    public sealed record Unauthorized(bool Stale) : ApiAnswer;

    /// <summary>An HTTP status other than 200 and 401; redirects are not followed.</summary>
    public sealed record HttpStatus(int Status) : ApiAnswer;

    /// <summary>HTTP 200 and something else than the JSON-RPC answer: too large, no JSON, no integer version, not HTTP at all.</summary>
    /// <param name="What">What was wrong, without the body.</param>
    public sealed record NotJsonRpc(string What) : ApiAnswer;

    public sealed record RpcError(int Code) : ApiAnswer;

    public sealed record TlsFailed(string Reason) : ApiAnswer;

    /// <summary>No route, network down, name not found on the node's side.</summary>
    public sealed record Unreachable(string Reason) : ApiAnswer;

    /// <summary>Our own side failed (no descriptors, no memory, our resolver): Inconclusive, never "down".</summary>
    public sealed record OwnFailure(string Reason) : ApiAnswer;
}
