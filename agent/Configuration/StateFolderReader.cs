using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Reads only <c>stateFolder</c> of a configuration file, however wrong the rest of it may be.</summary>
internal static class StateFolderReader
{
    private const int MaxBytes = 1024 * 1024;

    /// <exception cref="IOException">The file cannot be read, with its name and the reason; or nothing says where the state is.</exception>
    public static string Read(string path, HostFacts host)
    {
        if (RegularFile.Read(path, MaxBytes, out var problem) is not { } content)
        {
            throw new IOException($"{path}: {problem}");
        }

        var file = FileStatus.Canonical(path) ?? Path.GetFullPath(path);
        var given = JsonTree.Read(content, new ConfigErrors(path)) is JsonItem.Object root
            && root.Find(AgentSettings.StateFolder.Key)?.Value is JsonItem.Text text
                ? text.Value
                : host.DefaultStateFolder();
        return given is null
            ? throw new IOException($"{path}: nothing says where the state folder is")
            : Path.GetFullPath(given, Path.GetDirectoryName(file) ?? "/");
    }
}
