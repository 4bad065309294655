using System.Globalization;
using System.Text;

namespace MoneroCloud.Agent;

/// <summary>The open descriptors of a process.</summary>
internal static class OpenFiles
{
    /// <summary>Does it hold the file open? Null when its descriptors may not be read.</summary>
    internal static bool? Has(int pid, FileIdentity file)
    {
        var numbers = Numbers(pid, out var refused);
        foreach (var fd in numbers)
        {
            if (ProcPath.Descriptor(pid, fd).TryIdentify(out var open) && open == file)
            {
                return true;
            }
        }

        return refused ? null : false;
    }

    /// <summary>Does it hold the file by a descriptor to which a lock belongs?</summary>
    internal static bool Locks(int pid, FileIdentity file)
    {
        foreach (var fd in Numbers(pid, out _))
        {
            if (ProcPath.Descriptor(pid, fd).TryIdentify(out var open) && open == file && HasLock(pid, fd))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The numbers of its descriptors; none, and refused, when they may not be read.</summary>
    internal static IReadOnlyList<int> Numbers(int pid, out bool refused)
    {
        refused = false;
        var numbers = new List<int>();
        try
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd")))
            {
                numbers.Add(int.Parse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture));
            }
        }
        catch (UnauthorizedAccessException)
        {
            refused = true;
        }
        catch (IOException)
        {
            // It is gone, and so are its descriptors.
        }

        return numbers;
    }

    private static bool HasLock(int pid, int fd)
    {
        Span<byte> text = stackalloc byte[4096];
        var length = ProcPath.Of(pid, string.Create(CultureInfo.InvariantCulture, $"fdinfo/{fd}")).Read(text);
        return length > 0 && text[..length].IndexOf("\nlock:"u8) >= 0 && Encoding.ASCII.GetString(text[..length]).Contains(" WRITE ", StringComparison.Ordinal);
    }
}
