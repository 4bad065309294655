using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MoneroCloud.Agent;

/// <summary>
/// Lets go of memory that only the start needed (command line, configuration, the first connection), or something rare since: garbage, what
/// malloc keeps, and the pages of code and constants, which are as in their files and come back from the page cache if they are ever used
/// again. Resident memory then shows what supervising needs.
/// </summary>
internal static unsafe class UnusedMemory
{
    private const int DontNeed = 4;

    /// <summary>Of the AOT program and its libraries only; compiled-at-run-time code is not backed by a file.</summary>
    /// <returns>Pages of files let go of.</returns>
    internal static int Release()
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            return 0;
        }

        // A library that is being loaded is at first one read-only mapping, of which parts become its data. So only what was there before any
        // loading that had begun was over, and is there unchanged, is let go of. Libraries are never unloaded.
        var before = FileMapping.All().ToHashSet();
        WaitForTheLoader();
        using var pagemap = File.OpenHandle("/proc/self/pagemap");
        var released = FileMapping.All().Where(before.Contains).Sum(mapping => LetGo(mapping, pagemap));

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = LibC.MallocTrim(0);
        return released;
    }

    private static int LetGo(FileMapping mapping, SafeFileHandle pagemap)
    {
        var size = (nuint)Environment.SystemPageSize;
        var pages = new ulong[(mapping.End - mapping.Start) / size];
        var bytes = MemoryMarshal.AsBytes(pages.AsSpan());
        if (RandomAccess.Read(pagemap, bytes, (long)(mapping.Start / size) * sizeof(ulong)) != bytes.Length)
        {
            return 0;
        }

        var released = 0;
        foreach (var run in FilePages.Runs(pages))
        {
            var (first, count) = run.GetOffsetAndLength(pages.Length);
            released += LibC.MAdvise((void*)(mapping.Start + ((nuint)first * size)), (nuint)count * size, DontNeed) == 0 ? count : 0;
        }

        return released;
    }

    /// <summary>The loader takes one library at a time, also one that it has loaded already.</summary>
    private static void WaitForTheLoader()
    {
        if (NativeLibrary.TryLoad(LibC.Library, out var handle))
        {
            NativeLibrary.Free(handle);
        }
    }
}
