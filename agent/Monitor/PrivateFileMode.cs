namespace MoneroCloud.Agent;

/// <summary>That a file with keys is open to nobody but its owner.</summary>
internal static class PrivateFileMode
{
    private const UnixFileMode Others = (UnixFileMode)0x3f;

    /// <returns>What is wrong, to stand after the file's name; null when nothing is.</returns>
    public static string? Problem(string path) =>
        FileStatus.Of(path) is { } status && (status.Mode & Others) != 0 ? $"is open to group or others, and holds keys: chmod 600 {path}" : null;
}
