namespace MoneroCloud.Bench;

/// <summary>The temporary folder of one run, 0700, removed with it.</summary>
internal sealed class RunFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("monerocloud-bench-").FullName;

    /// <summary>A file of peers/, which is copied beside the program.</summary>
    public static string Peer(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "peers", name);

    public static string Template(string name, params (string Name, string Value)[] values) =>
        values.Aggregate(File.ReadAllText(Peer(name)), (text, v) => text.Replace($"@{v.Name}@", v.Value, StringComparison.Ordinal));

    public string New(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name), (UnixFileMode)0b111_000_000).FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine($"{Path} was not removed: {failure.Message}");
        }
    }
}
