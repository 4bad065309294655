namespace MoneroCloud.Core;

/// <summary>The wire form of a JSON-RPC answer.</summary>
internal sealed record RpcEnvelope<TResult>(TResult? Result, RpcErrorBody? Error)
    where TResult : class;
