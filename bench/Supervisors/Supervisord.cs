namespace MoneroCloud.Bench;

/// <summary>supervisord in the foreground; a control has autorestart=false.</summary>
internal sealed class Supervisord(string folder) : Supervisor(folder)
{
    public override string Name => "supervisord";

    public override Task<string> VersionAsync(CancellationToken cancellation) =>
        Shell.VersionAsync(cancellation, "supervisord", "--version");

    public override async Task StartAsync(IReadOnlyList<ChildSpec> children, CancellationToken cancellation)
    {
        var file = Path.Combine(Folder, "supervisord.conf");
        var text = RunFolder.Template("supervisord.conf", ("FOLDER", Folder));
        await File.WriteAllTextAsync(file, text + string.Concat(children.Select(Section)), cancellation);
        Launch("supervisord", "--configuration", file);
    }

    private static string Section(ChildSpec child)
    {
        var environment = string.Join(',', child.Environment.Select(v => $"{v.Key}=\"{v.Value}\""));
        var section = RunFolder.Template(
            "supervisord.program.conf",
            ("NAME", child.Name),
            ("COMMAND", string.Join(' ', child.Command)),
            ("ENVIRONMENT", environment));
        return child.Restarted ? section : section + "autorestart=false\n";
    }
}
