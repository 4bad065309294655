namespace MoneroCloud.Core;

/// <summary>How one call ended.</summary>
internal abstract record RpcResult<TResult>
    where TResult : class
{
    private RpcResult()
    {
    }

    /// <param name="Latency">From the request to the end of the answer.</param>
    public sealed record Got(TResult Result, TimeSpan Latency) : RpcResult<TResult>;

    public sealed record Error(int Code, string Message) : RpcResult<TResult>;

    public sealed record NoAnswer(ApiAnswer Why) : RpcResult<TResult>;
}
