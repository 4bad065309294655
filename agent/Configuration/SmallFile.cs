namespace MoneroCloud.Agent;

/// <summary>Reads a whole file that must be small.</summary>
internal static class SmallFile
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
        return problem is null ? ReadFile(path, maxBytes, out problem) : null;
    }

    private static byte[]? ReadFile(string path, int maxBytes, out string? problem)
    {
        try
        {
            using var stream = File.OpenRead(path);
            // A file's length is no promise: it may grow, and the kernel's own files say 0.
            var buffer = new byte[maxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            problem = length > maxBytes ? $"is larger than {maxBytes / 1024} KiB" : null;
            return problem is null ? buffer[..length] : null;
        }
        catch (UnauthorizedAccessException)
        {
            problem = "cannot be read: permission denied";
            return null;
        }
        catch (IOException e)
        {
            problem = $"cannot be read: {e.Message}";
            return null;
        }
    }
}
