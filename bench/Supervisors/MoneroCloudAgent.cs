using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>Our own agent in the foreground, with nothing but its nodes configured. It adds the port to the command by itself.</summary>
/// <param name="program">The published <c>monerocloud</c>.</param>
internal sealed class MoneroCloudAgent(string folder, string program) : Supervisor(folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public override string Name => "monerocloud";

    /// <summary>Every declared node is kept up; a stop by an operator is not the same thing as a child left dead.</summary>
    public override bool TakesControl => false;

    // SIGTERM would leave the children running for the next agent.
    protected override int StopSignal => Libc.Sigint;

    public override Task<string> VersionAsync(CancellationToken cancellation) =>
        Shell.VersionAsync(cancellation, program, "--version");

    public override async Task StartAsync(IReadOnlyList<ChildSpec> children, CancellationToken cancellation)
    {
        var file = Path.Combine(Folder, "agent.json");
        var config = JsonNode.Parse(RunFolder.Template("monerocloud.agent.json"))!;
        config["nodes"] = new JsonArray([.. children.Select(Node)]);
        await File.WriteAllTextAsync(file, config.ToJsonString(), cancellation);
        File.SetUnixFileMode(file, OwnerOnly);
        Launch(program, "agent", "--config", file);
    }

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
