using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Testing;

/// <summary>A real monero-wallet-rpc that answers.</summary>
public sealed class RealWalletRpc : IAsyncDisposable
{
    private readonly RealWalletRpcOptions options;
    private readonly string home = TestRun.NewFolder("wallet-home");
    private RealProgram? program;

    private RealWalletRpc(RealWalletRpcOptions options) => this.options = options;

    public Uri Address => new($"{(options.Tls ? "https" : "http")}://127.0.0.1:{options.Port}");

    public int Port => options.Port;

    public string WalletFolder => options.WalletFolder;

    /// <summary>The running process; another one after <see cref="StartAgainAsync"/>.</summary>
    public RealProgram Program => program ?? throw new InvalidOperationException("not started");

    /// <summary>How a client reaches it, with the right login.</summary>
    public WalletRpcTarget Target => new()
    {
        Address = Address,
        Login = options.User is null ? null : new RpcLogin(options.User, options.Password ?? ""),
        Deadline = TimeSpan.FromSeconds(15),
    };

    public static Task<RealWalletRpc> StartAsync() => StartAsync(new RealWalletRpcOptions());

    public static async Task<RealWalletRpc> StartAsync(RealWalletRpcOptions options)
    {
        var node = new RealWalletRpc(options);
        await node.StartAgainAsync();
        return node;
    }

    /// <summary>Starts it once more on the same port, with the same wallets; what still runs of the life before is killed.</summary>
    public async Task StartAgainAsync()
    {
        await DisposeAsync();
        program = await RealProgram.StartAsync("monero-wallet-rpc", Arguments(), Environment(), home, Port);
        if (!options.Tls)
        {
            await CallAsync("get_version");
        }
    }

    /// <summary>One raw call, with the right login.</summary>
    public Task<JsonElement> CallAsync(string method, string parameters = "{}") =>
        RawRpc.CallAsync(Address, method, parameters, options.User, options.Password);

    /// <summary>Makes a wallet and leaves it open. Takes 2 to 4 seconds.</summary>
    public Task CreateWalletAsync(string file, string password) => CallAsync("create_wallet", JsonSerializer.Serialize(
        new Dictionary<string, string> { ["filename"] = file, ["password"] = password, ["language"] = "English" }));

    public ValueTask DisposeAsync() => program?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IEnumerable<string> Arguments()
    {
        string[] common =
        [
            "--rpc-bind-port", $"{Port}", "--wallet-dir", options.WalletFolder, "--daemon-ssl", "disabled", "--non-interactive",
            "--log-file", Path.Combine(home, "wallet-rpc.log"), "--log-level", "0",
        ];
        string[] login = options.User is null ? ["--disable-rpc-login"] : [];
        string[] daemon = options.Daemon is null ? ["--offline"] : ["--daemon-address", options.Daemon, "--trusted-daemon"];
        return [.. common, .. login, .. daemon, .. options.Tls ? TlsArguments() : ["--rpc-ssl", "disabled"]];
    }

    private string[] TlsArguments()
    {
        // Its own certificate would cost it seconds to make.
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=wallet", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (keyFile, certificateFile) = (Path.Combine(home, "key.pem"), Path.Combine(home, "certificate.pem"));
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        return ["--rpc-ssl", "enabled", "--rpc-ssl-private-key", keyFile, "--rpc-ssl-certificate", certificateFile];
    }

    private Dictionary<string, string> Environment() => options.User is null
        ? []
        : new Dictionary<string, string> { [Names.RpcLoginVariable] = $"{options.User}:{options.Password}" };
}
