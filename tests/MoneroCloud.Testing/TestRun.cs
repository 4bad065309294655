namespace MoneroCloud.Testing;

/// <summary>One run of a test program: its folder, its environment mark, its free ports.</summary>
public static class TestRun
{
    /// <summary>Carried by every process of the run, so that the watchdog finds all of them.</summary>
    public const string MarkVariable = "MONEROCLOUD_TEST_RUN";

    private static readonly string Root = Directory.CreateTempSubdirectory("monerocloud-test-").FullName;

    /// <summary>A new empty folder of this run.</summary>
    public static string NewFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(Root, $"{name}-{Guid.NewGuid():N}"[..Math.Min(name.Length + 9, 40)])).FullName;
}
