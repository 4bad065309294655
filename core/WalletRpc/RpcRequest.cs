using System.Text;
using System.Text.Json;

namespace MoneroCloud.Core;

/// <summary>The body of one JSON-RPC call, ready to send. Not a record: its text must not show a secret in it.</summary>
internal sealed class RpcRequest
{
    private RpcRequest(byte[] body) => Body = body;

    public static RpcRequest GetVersion { get; } = new("""{"jsonrpc":"2.0","id":"0","method":"get_version"}"""u8.ToArray());

    public static RpcRequest GetHeight { get; } = new("""{"jsonrpc":"2.0","id":"0","method":"get_height"}"""u8.ToArray());

    public static RpcRequest GetInfo { get; } = new("""{"jsonrpc":"2.0","id":"0","method":"get_info"}"""u8.ToArray());

    public static RpcRequest GetLastBlockHeader { get; } = new("""{"jsonrpc":"2.0","id":"0","method":"get_last_block_header"}"""u8.ToArray());

    public static RpcRequest Store { get; } = new("""{"jsonrpc":"2.0","id":"0","method":"store"}"""u8.ToArray());

    public static RpcRequest StopWallet { get; } = new("""{"jsonrpc":"2.0","id":"0","method":"stop_wallet"}"""u8.ToArray());

    public byte[] Body { get; }

    /// <summary>The hash of a daemon's block; open to a restricted RPC too.</summary>
    public static RpcRequest GetBlockHash(long height) =>
        new(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":"0","method":"on_get_block_hash","params":[{{height}}]}"""));

    public static RpcRequest OpenWallet(string file, string password)
    {
        var call = new OpenWalletCall { Params = new OpenWalletParams(file, password) };
        return new RpcRequest(JsonSerializer.SerializeToUtf8Bytes(call, RpcJson.Default.OpenWalletCall));
    }
}
