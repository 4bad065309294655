namespace MoneroCloud.Functions;

/// <summary>A file that only this user may read: made so, not changed afterwards.</summary>
internal static class PrivateFile
{
    /// <param name="share">None: nobody else can open it this way until it is closed, or the process ends in whatever way.</param>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
