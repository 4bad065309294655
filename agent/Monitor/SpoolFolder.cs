using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>The spool's files: 0600 in a folder of 0700.</summary>
internal sealed class SpoolFolder(string path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string PositionFile => Path.Combine(path, "acked.json");

    public void Make() => Directory.CreateDirectory(path, Private | UnixFileMode.UserExecute);

    /// <summary>Null when there is none, or none that can be read: then nothing in the folder is of use.</summary>
    public SpoolPosition? ReadPosition()
    {
        try
        {
            return File.Exists(PositionFile) ? JsonSerializer.Deserialize(File.ReadAllBytes(PositionFile), LinkJson.Default.SpoolPosition) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>As a whole or not at all.</summary>
    public void WritePosition(SpoolPosition position)
    {
        var next = PositionFile + ".next";
        using (var file = Create(next, FileMode.Create))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(position, LinkJson.Default.SpoolPosition));
        }

        File.Move(next, PositionFile, overwrite: true);
    }

    public IEnumerable<SpoolSegment> Segments() => SpoolSegment.Find(path);

    public SpoolSegment NewSegment(long epoch, long first) => SpoolSegment.At(path, epoch, first);

    public static FileStream Create(string file, FileMode mode) => new(file, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        UnixCreateMode = Private,
    });

    /// <summary>Drops everything.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
