using MoneroCloud.Agent;

namespace MoneroCloud.Tests;

/// <summary>Opens real files, on a disk that can be full.</summary>
internal sealed class RefusingDisk
{
    private volatile bool _full;
    private volatile bool _opensNone;
    private volatile int _opened;

    /// <summary>A write leaves half of its bytes and fails.</summary>
    public bool IsFull { get => _full; set => _full = value; }

    /// <summary>No file can be opened: no descriptors are left.</summary>
    public bool OpensNone { get => _opensNone; set => _opensNone = value; }

    /// <summary>How often a file was, or was to be, opened.</summary>
    public int Opened => _opened;

    public FileStream Open(string path, FileMode mode)
    {
        _opened++;
        if (OpensNone)
        {
            throw new IOException("Too many open files");
        }

        // With the mode and the rights of a real one.
        LineFile.Open(path, mode).Dispose();
        return new File(this, path, mode);
    }

    private sealed class File(RefusingDisk disk, string path, FileMode mode) : FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (!disk.IsFull)
            {
                base.Write(buffer, offset, count);
                return;
            }

            base.Write(buffer, offset, count / 2);
            throw new IOException("No space left on device");
        }
    }
}
