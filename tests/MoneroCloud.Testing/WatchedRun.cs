namespace MoneroCloud.Testing;

/// <summary>An assembly fixture: the run is watched and marked before its first test starts a process.</summary>
public sealed class WatchedRun
{
    public WatchedRun() => Folder = TestRun.Folder;

    public string Folder { get; }
}
