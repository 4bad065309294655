namespace MoneroCloud.Core;

/// <summary>Reads a whole file that must be small.</summary>
internal static class SmallFile
{
    private const int ChunkBytes = 16 * 1024;

    /// <param name="problem">What is wrong, to stand after the file's name; null when the content is returned.</param>
    public static byte[]? Read(string path, int maxBytes, out string? problem)
    {
        problem = Directory.Exists(path) ? "is a folder, not a file" : File.Exists(path) ? null : "does not exist, or cannot be reached";
        return problem is null ? ReadFile(path, maxBytes, out problem) : null;
    }

    private static byte[]? ReadFile(string path, int maxBytes, out string? problem)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var content = new MemoryStream();
            // A file's length is no promise: it may grow, and the kernel's own files say 0.
            var chunk = new byte[ChunkBytes];
            for (var read = stream.Read(chunk); read > 0 && content.Length <= maxBytes; read = stream.Read(chunk))
            {
                content.Write(chunk, 0, read);
            }

            problem = content.Length > maxBytes ? $"is larger than {maxBytes / 1024} KiB" : null;
            return problem is null ? content.ToArray() : null;
        }
        catch (FileNotFoundException)
        {
            // A link that leads nowhere.
            problem = "does not exist, or cannot be reached";
            return null;
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
