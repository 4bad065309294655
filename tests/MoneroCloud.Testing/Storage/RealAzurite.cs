namespace MoneroCloud.Testing;

/// <summary>Azurite's table service on a free loopback port, with its data in a folder of its own. It is installed by <c>scripts/test</c>.</summary>
public sealed class RealAzurite : IAsyncDisposable
{
    private const string Installed = "tests/azurite/node_modules/azurite/dist/src/table/main.js";

    /// <summary>Azurite's well-known account: a secret of nobody.</summary>
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly string _folder;
    private RealProgram _program;

    private RealAzurite(int port, string folder, RealProgram program) => (Port, _folder, _program) = (port, folder, program);

    public int Port { get; }

    public string ConnectionString => $"DefaultEndpointsProtocol=http;{Account};TableEndpoint=http://127.0.0.1:{Port}/devstoreaccount1;";

    public static async Task<RealAzurite> StartAsync()
    {
        var folder = TestRun.NewFolder("azurite");
        var port = FreePort.Next();
        return new RealAzurite(port, folder, await RunAsync(port, folder));
    }

    /// <summary>It keeps its port and answers nothing.</summary>
    public void Suspend() => _program.Suspend();

    public void Resume() => _program.Resume();

    /// <summary>Nobody listens any more.</summary>
    public ValueTask StopAsync() => _program.DisposeAsync();

    /// <summary>After <see cref="StopAsync"/>, on the same port. What was in it may be gone.</summary>
    public async Task StartAgainAsync() => _program = await RunAsync(Port, _folder);

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static Task<RealProgram> RunAsync(int port, string folder) => RealProgram.StartAsync(
        "node",
        [
            Find(), "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--location", folder, "--silent", "--disableTelemetry",
            // The client's version of the protocol is newer than this Azurite; what of it is used is in both.
            "--skipApiVersionCheck",
        ],
        new Dictionary<string, string>(),
        folder,
        port);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, Installed);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new InvalidOperationException("Azurite is missing: npm ci --prefix tests/azurite");
    }
}
