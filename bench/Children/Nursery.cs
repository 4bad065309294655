using System.Collections.Immutable;

namespace MoneroCloud.Bench;

/// <summary>Makes the children of a run: programs, free ports, folders.</summary>
internal sealed class Nursery(RunFolder folder, ChildKind kind)
{
    private readonly FreePorts ports = new();
    private string? program;

    public string StampFile => Path.Combine(folder.Path, "stamps");

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        program = kind == ChildKind.Wallet ? Find("monero-wallet-rpc") : Path.Combine(folder.Path, "child");
        if (kind == ChildKind.StandIn)
        {
            await Shell.RunAsync(
                cancellation, "cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, RunFolder.Peer("child.c"));
        }
    }

    public ImmutableArray<ChildSpec> Make(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Make($"{prefix}-{i}"))];

    public ChildSpec Make(string name) => new()
    {
        Name = name,
        Port = ports.Next(),
        Program = program ?? throw new InvalidOperationException("not prepared"),
        Arguments = kind == ChildKind.Wallet ? WalletArguments(name) : ["--disable-rpc-login", "--wallet-dir", "/nonexistent"],
        Environment = ImmutableSortedDictionary<string, string>.Empty
            .Add("BENCH_STAMPS", StampFile)
            .Add("HOME", folder.Path),
    };

    /// <summary>The absolute path of a program of the PATH.</summary>
    public static string Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(part => Path.Combine(part, name))
            .FirstOrDefault(File.Exists) ?? throw new BenchException($"{name} is not installed");

    private ImmutableArray<string> WalletArguments(string name) =>
    [
        "--disable-rpc-login", "--rpc-ssl", "disabled", "--daemon-ssl", "disabled", "--offline",
        "--wallet-dir", folder.New($"wallets-{name}"),
        "--log-file", Path.Combine(folder.Path, $"wallet-{name}.log"), "--log-level", "0",
    ];
}
