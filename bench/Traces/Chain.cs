using System.Text.Json;
using MoneroCloud.Testing;

namespace MoneroCloud.Bench.Traces;

/// <summary>A regtest chain with a daemon, and a wallet that was made before its first block.</summary>
internal sealed class Chain : IAsyncDisposable
{
    public const string Wallet = "alice";
    public const string Password = "a password of the traces";

    // Half a second of work each, so that none takes half a minute on a machine that has other things to do.
    private const int Batch = 8;

    private readonly string _keys;

    private Chain(RealMonerod daemon, string keys) => (Daemon, _keys) = (daemon, keys);

    public RealMonerod Daemon { get; }

    /// <param name="blocks">Mined to the wallet.</param>
    public static async Task<Chain> MakeAsync(int blocks, CancellationToken cancellation)
    {
        var daemon = await RealMonerod.StartAsync();
        await using var maker = await RealWalletRpc.StartAsync(new RealWalletRpcOptions { Daemon = $"127.0.0.1:{daemon.Port}" });
        await maker.CreateWalletAsync(Wallet, Password);
        var address = (await maker.CallAsync("get_address")).GetProperty("address").GetString()!;
        await maker.CallAsync("close_wallet");
        for (var mined = 0; mined < blocks; mined += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            await daemon.GenerateBlocksAsync(Math.Min(Batch, blocks - mined), address);
        }

        return new Chain(daemon, Path.Combine(maker.WalletFolder, $"{Wallet}.keys"));
    }

    public async Task<long> HeightAsync() => (await Daemon.CallAsync("get_block_count")).GetProperty("count").GetInt64();

    /// <summary>A new folder with the wallet as it was before the first block: its cache is left out, so it begins from there.</summary>
    public string CopyWallet()
    {
        var folder = TestRun.NewFolder("wallets");
        File.Copy(_keys, Path.Combine(folder, $"{Wallet}.keys"));
        return folder;
    }

    public static bool TryHeight(string? answer, out long height)
    {
        height = 0;
        if (answer is null)
        {
            return false;
        }

        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("result", out var result) && result.TryGetProperty("height", out var found) && found.TryGetInt64(out height);
    }

    public ValueTask DisposeAsync() => Daemon.DisposeAsync();
}
