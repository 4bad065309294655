using System.Globalization;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>pm2's daemon under a PM2_HOME of its own, each child in fork mode without an interpreter; a control has autorestart false.</summary>
/// <param name="program">The pm2 command.</param>
internal sealed class Pm2(string folder, string program) : Supervisor(folder)
{
    public override string Name => "pm2";

    public override int RootPid => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);

    protected override bool IsDaemon => File.Exists(PidFile);

    private string PidFile => Path.Combine(Folder, "pm2.pid");

    private Dictionary<string, string> Home => new() { ["PM2_HOME"] = Folder, ["HOME"] = Folder };

    // Its command line greets before it answers, so the version is the last line.
    public override async Task<string> VersionAsync(CancellationToken cancellation) =>
        (await Shell.RunAsync(Home, cancellation, program, "--version")).Trim().Split('\n')[^1];

    public override async Task StartAsync(IReadOnlyList<ChildSpec> children, CancellationToken cancellation)
    {
        var file = Path.Combine(Folder, "apps.json");
        var apps = new JsonObject { ["apps"] = new JsonArray([.. children.Select(App)]) };
        await File.WriteAllTextAsync(file, apps.ToJsonString(), cancellation);
        await Shell.RunAsync(Home, cancellation, program, "start", file);
    }

    protected override Task StopAsync() => Shell.RunAsync(Home, CancellationToken.None, program, "kill");

    private JsonObject App(ChildSpec child)
    {
        var app = JsonNode.Parse(RunFolder.Template("pm2.app.json", ("NAME", child.Name), ("PROGRAM", child.Program)))!.AsObject();
        app["cwd"] = Folder;
        app["args"] = new JsonArray([.. child.Command.Skip(1).Select(a => (JsonNode)a)]);
        app["env"] = new JsonObject(child.Environment.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)));
        if (!child.Restarted)
        {
            app["autorestart"] = false;
        }

        return app;
    }
}
