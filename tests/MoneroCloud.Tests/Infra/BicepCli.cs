using System.Reflection;
using System.Text.Json;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>The Bicep CLI from its package, with the schemas that it carries: nothing is asked of a network.</summary>
internal static class BicepCli
{
    private static readonly string Cli = typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BicepCli").Value!;

    /// <param name="folder">Of main.bicep.</param>
    /// <param name="output">Where the compiled template goes.</param>
    /// <returns>Every finding, one a line: an error or not, since to the CLI a wrong property is only a warning.</returns>
    public static async Task<IReadOnlyList<string>> BuildAsync(string folder, string output, CancellationToken cancellation)
    {
        var run = await RunAsync(["build", Path.Combine(folder, "main.bicep"), "--outfile", output, "--diagnostics-format", "sarif"], cancellation);
        using var sarif = JsonDocument.Parse(run.Error);
        return [.. sarif.RootElement.GetProperty("runs").EnumerateArray().SelectMany(r => r.GetProperty("results").EnumerateArray()).Select(Finding)];
    }

    /// <summary>The resources that a deployment with these parameters would make, every expression evaluated that does not depend on a resource.</summary>
    /// <param name="parameters">Lines of a .bicepparam file.</param>
    public static async Task<IReadOnlyList<JsonElement>> PredictAsync(string folder, string parameters, CancellationToken cancellation)
    {
        var place = TestRun.NewFolder("bicep");
        var file = Path.Combine(place, "main.bicepparam");
        await File.WriteAllTextAsync(file, $"using '{Path.GetRelativePath(place, Path.Combine(folder, "main.bicep"))}'\n{parameters}", cancellation);
        var run = await RunAsync(
            ["snapshot", file, "--mode", "overwrite", "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002", "--location", "northeurope"],
            cancellation);
        if (run.Exit != 0)
        {
            throw new InvalidOperationException($"bicep snapshot: {run.Output}{run.Error}");
        }

        using var snapshot = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(place, "main.snapshot.json"), cancellation));
        return [.. snapshot.RootElement.GetProperty("predictedResources").EnumerateArray().Select(r => r.Clone())];
    }

    private static Task<ToolRun> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        if (!File.GetUnixFileMode(Cli).HasFlag(UnixFileMode.UserExecute))
        {
            // Packages keep no modes.
            File.SetUnixFileMode(Cli, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = TestRun.Folder, ["TMPDIR"] = TestRun.Folder, ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" };
        return ToolRun.OfAsync(Cli, arguments, TestRun.Folder, variables, cancellation);
    }

    private static string Finding(JsonElement result) => $"{result.GetProperty("ruleId").GetString()}: {result.GetProperty("message").GetProperty("text").GetString()}";
}
