namespace MoneroCloud.Bench;

/// <summary>runsvdir with one service folder a child.</summary>
internal sealed class Runit(string folder) : Supervisor(folder)
{
    public override string Name => "runit";

    // runsvdir's SIGHUP is "send TERM to every runsv, then exit".
    protected override int StopSignal => Libc.Sighup;

    private string Services => Path.Combine(Folder, "services");

    public override Task<string> VersionAsync(CancellationToken cancellation) =>
        Shell.VersionAsync(cancellation, "dpkg-query", "--show", "--showformat=${Version}", "runit");

    public override async Task StartAsync(IReadOnlyList<ChildSpec> children, CancellationToken cancellation)
    {
        foreach (var child in children)
        {
            Write(child);
        }

        Launch("runsvdir", Services);
        foreach (var child in children.Where(c => !c.Restarted))
        {
            await StartOnceAsync(Path.Combine(Services, child.Name), cancellation);
        }
    }

    private void Write(ChildSpec child)
    {
        var service = Directory.CreateDirectory(Path.Combine(Services, child.Name)).FullName;
        var exports = string.Join('\n', child.Environment.Select(v => $"export {v.Key}='{v.Value}'"));
        var run = Path.Combine(service, "run");
        File.WriteAllText(run, RunFolder.Template("runit.run", ("EXPORTS", exports), ("COMMAND", string.Join(' ', child.Command))));
        File.SetUnixFileMode(run, (UnixFileMode)0b111_101_101);
        if (!child.Restarted)
        {
            File.WriteAllText(Path.Combine(service, "down"), "");
        }
    }

    private static async Task StartOnceAsync(string service, CancellationToken cancellation)
    {
        while (!File.Exists(Path.Combine(service, "supervise", "ok")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }

        await Shell.RunAsync(cancellation, "sv", "once", service);
    }
}
