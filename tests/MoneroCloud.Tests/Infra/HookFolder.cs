using MoneroCloud.Agent;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>
/// A repository with azd's hooks and nothing else, and programs in their PATH that stand in for <c>az</c>, <c>azd</c> and <c>sleep</c>: they record each call,
/// and keep the vault as a folder.
/// </summary>
internal sealed class HookFolder
{
    private static readonly string[] StandIns = ["az", "azd", "sleep"];

    private readonly string _root = TestRun.NewFolder("hooks");
    private readonly Dictionary<string, string> _variables;

    public HookFolder()
    {
        foreach (var folder in new[] { "infra/hooks", "bin", "stand-in/vault", "stand-in/refuse", "temporary" })
        {
            Directory.CreateDirectory(At(folder));
        }

        foreach (var hook in Directory.EnumerateFiles(GeneratedFile.At("infra/hooks")))
        {
            File.Copy(hook, At($"infra/hooks/{Path.GetFileName(hook)}"));
        }

        foreach (var name in StandIns)
        {
            File.CreateSymbolicLink(At($"bin/{name}"), GeneratedFile.At($"tests/MoneroCloud.Tests/Infra/StandIns/{name}"));
        }

        // The real one, as the tests have it.
        Put("bin/monerocloud", $"#!/bin/sh\nexec {DotnetHost.File} {typeof(CommandShell).Assembly.Location} \"$@\"\n");
        File.SetUnixFileMode(At("bin/monerocloud"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _variables = new()
        {
            ["PATH"] = $"{At("bin")}:{Path.GetDirectoryName(DotnetHost.File)}:/usr/bin:/bin",
            ["HOME"] = _root,
            ["TMPDIR"] = At("temporary"),
            ["STAND_IN"] = At("stand-in"),
            ["AZURE_ENV_NAME"] = "test",
            ["AZURE_SUBSCRIPTION_ID"] = "3c0e4b5a-0000-0000-0000-000000000001",
            ["AZURE_RESOURCE_GROUP"] = "rg-test",
            ["AZURE_FUNCTION_NAME"] = "func-test",
            ["AZURE_KEY_VAULT_NAME"] = "kv-test",
            ["SERVICEBUS_NAMESPACE"] = "sb-test",
            ["MONITOR_URL"] = "https://func-test.azurewebsites.net",
            ["AGENT_IDS"] = "host-1, host-2",
        };
    }

    /// <summary>Every call since the beginning, in order.</summary>
    public string[] Calls => File.Exists(At("stand-in/calls")) ? File.ReadAllLines(At("stand-in/calls")) : [];

    /// <summary>What the vault holds, by name.</summary>
    public Dictionary<string, string> Vault => Directory.EnumerateFiles(At("stand-in/vault")).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

    /// <summary>What a hook left in the temporary folder.</summary>
    public IEnumerable<string> Left => Directory.EnumerateFileSystemEntries(At("temporary"));

    public string At(string path) => Path.Combine(_root, path);

    /// <summary>A value of azd's environment.</summary>
    public void Set(string variable, string value) => _variables[variable] = value;

    public void Put(string path, string text) => File.WriteAllText(At(path), text);

    public void Forget() => File.Delete(At("stand-in/calls"));

    /// <summary>The next calls of that kind fail, so often.</summary>
    public void Refuse(string call, int times, string words) => Put($"stand-in/refuse/{Guid.NewGuid():N}", $"{call}\n{times}\n{words}\n");

    public Task<ToolRun> RunAsync(string hook, CancellationToken cancellation) => ToolRun.OfAsync("/bin/sh", [At($"infra/hooks/{hook}.sh")], "/", _variables, cancellation);
}
