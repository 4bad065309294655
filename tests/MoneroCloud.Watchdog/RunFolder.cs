namespace MoneroCloud.Watchdog;

/// <summary>The temporary folder of one run. Only the watchdog that made it removes it.</summary>
internal sealed class RunFolder
{
    private RunFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes one, 0700 and under a name that no other run has.</summary>
    public static RunFolder Make() => new(Directory.CreateTempSubdirectory("monerocloud-test-").FullName);

    /// <summary>Removes it with everything in it; links are removed, never followed. The reason when it could not.</summary>
    public string? TryRemove() => Delete() is null ? null : DeleteAfterOpeningAll();

    private string? Delete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <summary>A test may have taken the right to write from a folder.</summary>
    private string? DeleteAfterOpeningAll()
    {
        try
        {
            OpenAll(new DirectoryInfo(Path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }

        return Delete();
    }

    private static void OpenAll(DirectoryInfo folder)
    {
        folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var inner in folder.EnumerateDirectories().Where(inner => inner.LinkTarget is null))
        {
            OpenAll(inner);
        }
    }
}
