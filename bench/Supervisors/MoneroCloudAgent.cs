using System.Globalization;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>Our own agent in the foreground, with nothing but its nodes configured, and its metrics where that is asked for. It adds the port to the command by itself.</summary>
/// <param name="program">The published <c>monerocloud</c>.</param>
/// <param name="environment">Beside our own.</param>
/// <param name="name">What a result calls it.</param>
/// <param name="metrics">The port of <c>metrics.listen</c>; null: it tells none.</param>
internal sealed class MoneroCloudAgent(string folder, string program, IReadOnlyDictionary<string, string> environment, string name = "monerocloud", int? metrics = null) : Supervisor(folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public override string Name => name;

    /// <summary>Every declared node is kept up; a stop by an operator is not the same thing as a child left dead.</summary>
    public override bool TakesControl => false;

    private string ConfigFile => Path.Combine(Folder, "agent.json");

    // SIGTERM would leave the children running for the next agent.
    protected override int StopSignal => Libc.Sigint;

    public override Task<string> VersionAsync(CancellationToken cancellation) =>
        Shell.VersionAsync(cancellation, program, "--version");

    public override async Task StartAsync(IReadOnlyList<ChildSpec> children, CancellationToken cancellation)
    {
        var config = JsonNode.Parse(RunFolder.Template("monerocloud.agent.json"))!;
        config["nodes"] = new JsonArray([.. children.Select(Node)]);
        if (metrics is { } port)
        {
            config["metrics"] = new JsonObject { ["listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") };
        }

        await File.WriteAllTextAsync(ConfigFile, config.ToJsonString(), cancellation);
        File.SetUnixFileMode(ConfigFile, OwnerOnly);
        Launch(environment, program, "agent", "--config", ConfigFile);
    }

    /// <summary>The running agent reports to a monitor from now on.</summary>
    public Task EnrolAsync(StandaloneMonitor monitor, CancellationToken cancellation) =>
        Shell.RunAsync(cancellation, program, "enroll", "--config", ConfigFile, "--monitor", monitor.Address, "--key-file", monitor.OperatorKeyFile);

    private static JsonObject Node(ChildSpec child) => new()
    {
        ["name"] = child.Name,
        ["kind"] = "walletRpc",
        ["port"] = child.Port,
        ["program"] = child.Program,
        ["arguments"] = new JsonArray([.. child.Arguments.Select(a => (JsonNode)a)]),
        ["environment"] = new JsonObject(child.Environment.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
    };
}
