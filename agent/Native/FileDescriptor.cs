namespace MoneroCloud.Agent;

/// <summary>Opening of plain descriptors, for what .NET's file handles do not offer (append without a lock, no truncation).</summary>
internal static unsafe class FileDescriptor
{
    internal const int ReadOnly = 0;
    internal const int WriteOnly = 0x1;
    internal const int ReadWrite = 0x2;
    internal const int Create = 0x40;
    internal const int Append = 0x400;
    internal const int CloseOnExec = 0x80000;
    internal const uint OwnerOnly = 0x180;


    /// <summary>-1 and <see cref="Errno.Last"/> when refused.</summary>
    internal static int OpenLog(byte* path) => Open(path, WriteOnly | Append | Create | CloseOnExec, OwnerOnly);

    /// <inheritdoc cref="OpenLog"/>
    internal static int Open(byte* path, int flags, uint mode)
    {
        int fd;
        do
        {
            fd = LibC.Open(path, flags, mode);
        }
        while (fd < 0 && Errno.Last == Errno.Interrupted);

        return fd;
    }
}
