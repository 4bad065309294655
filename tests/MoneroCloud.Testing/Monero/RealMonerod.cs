using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Testing;

/// <summary>A real monerod on a chain of its own (regtest) that answers.</summary>
public sealed class RealMonerod : IAsyncDisposable
{
    private RealMonerod(int port, RealProgram program)
    {
        Port = port;
        Program = program;
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public RealProgram Program { get; }

    public WalletRpcTarget Target => new() { Address = Address, Deadline = TimeSpan.FromSeconds(15) };

    public static Task<RealMonerod> StartAsync() => StartAsync("--offline");

    /// <param name="more">Arguments besides the usual; without <c>--offline</c> it may have peers.</param>
    public static async Task<RealMonerod> StartAsync(params string[] more)
    {
        var home = TestRun.NewFolder("monerod");
        var port = FreePort.Next();
        string[] arguments =
        [
            "--regtest", "--fixed-difficulty", "1", "--data-dir", Path.Combine(home, "node"), "--non-interactive", "--no-igd",
            "--hide-my-port", "--p2p-bind-ip", "127.0.0.1", "--p2p-bind-port", $"{FreePort.Next()}", "--rpc-bind-ip", "127.0.0.1",
            "--rpc-bind-port", $"{port}", "--rpc-ssl", "disabled", "--no-zmq", "--log-file", Path.Combine(home, "monerod.log"), "--log-level", "0", .. more,
        ];
        var program = await RealProgram.StartAsync("monerod", arguments, new Dictionary<string, string>(), home, port);
        var node = new RealMonerod(port, program);
        await node.CallAsync("get_version");
        return node;
    }

    /// <summary>One raw call.</summary>
    public Task<JsonElement> CallAsync(string method, string parameters = "{}") => RawRpc.CallAsync(Address, method, parameters);

    /// <summary>Mines to an address; about 15 blocks a second.</summary>
    public Task GenerateBlocksAsync(int count, string address) =>
        CallAsync("generateblocks", $$"""{"amount_of_blocks":{{count}},"wallet_address":"{{address}}"}""");

    public ValueTask DisposeAsync() => Program.DisposeAsync();
}
