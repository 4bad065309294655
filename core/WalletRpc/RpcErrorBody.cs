namespace MoneroCloud.Core;

/// <summary>The wire form of a JSON-RPC error.</summary>
internal sealed record RpcErrorBody(int? Code, string? Message);
