using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Clients for a node's RPC, at the address its configuration gives.</summary>
internal static class NodeRpc
{
    public static WalletRpcClient ClientFor(NodeConfig node, TimeSpan deadline, TimeProvider time) => new(TargetOf(node, deadline), time);

    /// <summary>The JSON-RPC address, for explanations and answers.</summary>
    public static Uri UrlOf(NodeConfig node) => new(BaseOf(node), "/json_rpc");

    private static Uri BaseOf(NodeConfig node) =>
        new UriBuilder(node.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, node.RpcHost, node.Port).Uri;

    private static WalletRpcTarget TargetOf(NodeConfig node, TimeSpan deadline) => new()
    {
        Address = BaseOf(node),
        Trust = node.Trust,
        Login = node.Login is { } login && login.Reveal().Split(':', 2) is [var user, var password] ? new RpcLogin(user, password) : null,
        Deadline = deadline,
    };
}
