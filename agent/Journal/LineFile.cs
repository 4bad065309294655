namespace MoneroCloud.Agent;

/// <summary>
/// The growing end of a file of lines. One write a line, so that a kill -9 leaves at most the last line half-written; a line that the disk
/// refuses leaves nothing of it, so that it swallows nothing that comes after it.
/// </summary>
internal sealed class LineFile(FileStream file) : IDisposable
{
    public long Length => file.Length;

    /// <summary>Opens a file that only its owner may read.</summary>
    public static FileStream Open(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.Write,
        Share = FileShare.Read,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    /// <summary>Throws <see cref="IOException"/> where it cannot be written.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="durable">Survives a power loss (fsync).</param>
    public void Append(byte[] line, bool durable)
    {
        Array.Resize(ref line, line.Length + 1);
        line[^1] = (byte)'\n';
        var end = file.Position;
        try
        {
            file.Write(line);
            if (durable)
            {
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            TakeBack(end);
            throw;
        }
    }

    public void FlushToDisk() => file.Flush(flushToDisk: true);

    public void Dispose() => file.Dispose();

    /// <summary>Away with what could not be kept, if the disk lets us.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is written over by the next try.
        }
    }

    private void TakeBack(long end)
    {
        try
        {
            file.SetLength(end);
        }
        catch (IOException)
        {
            // The next line is written over it, from its beginning.
        }

        file.Position = end;
    }
}
