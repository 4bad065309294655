using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Reads a whole file that must be small, and neither a device nor a pipe, which could block for ever; .NET does not tell those apart.</summary>
internal static class RegularFile
{
    /// <param name="problem">What is wrong, to stand after the file's name; null when the content is returned.</param>
    public static byte[]? Read(string path, int maxBytes, out string? problem)
    {
        problem = FileStatus.Of(path) switch
        {
            null => "does not exist, or cannot be reached",
            { Kind: FileKind.Folder } => "is a folder, not a file",
            { Kind: FileKind.Other } => "is not a file",
            _ => null,
        };
        return problem is null ? SmallFile.Read(path, maxBytes, out problem) : null;
    }
}
