using System.Diagnostics;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The app as <c>dotnet publish functions -c Release</c> makes it, once for all its tests, with every intermediate file in the run's folder.</summary>
public sealed class PublishedApp
{
    // A compiler and crossgen on two busy cores; it is a build and no wait for the program under test.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private static readonly Lazy<PublishedApp> One = new(() => new PublishedApp());

    private PublishedApp()
    {
        var start = new ProcessStartInfo(DotnetHost.File)
        {
            ArgumentList =
            {
                "publish", "functions", "-c", "Release", "--output", Folder, "--artifacts-path", TestRun.NewFolder("artifacts"), "-v", "q", "--tl:off",
                "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RestoreLockedMode=true", "-p:RunAnalyzers=false",
            },
            WorkingDirectory = Repository(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest) || process.ExitCode != 0)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"dotnet publish: {output.Result}{errors.Result}");
        }
    }

    public string Folder { get; } = TestRun.NewFolder("published");

    public string Program => Path.Combine(Folder, "MoneroCloud.Functions");

    public static PublishedApp Get() => One.Value;

    /// <summary>The folder of host.json and the solution.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MoneroCloud.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no MoneroCloud.sln above the tests");
        }

        return folder;
    }
}
