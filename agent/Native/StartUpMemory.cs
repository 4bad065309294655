using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary>
/// Lets go of the memory that only the start needed (command line, configuration, the first connection): garbage, what malloc keeps, and the
/// pages of code and constants, which are as in their files and come back from the page cache if they are ever used again. Resident memory
/// then shows what supervising needs.
/// </summary>
internal static unsafe class StartUpMemory
{
    private const int DontNeed = 4;

    /// <summary>Of the AOT program and its libraries only; compiled-at-run-time code is not backed by a file.</summary>
    /// <returns>Mappings let go of.</returns>
    internal static int Release()
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            return 0;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = LibC.MallocTrim(0);

        // A library that is being loaded is at first one read-only mapping, of which parts become its data. So only what was there before any
        // loading that had begun was over, and is there unchanged, is let go of. Libraries are never unloaded.
        var before = FileMapping.Unwritten(File.ReadLines("/proc/self/smaps")).ToHashSet();
        WaitForTheLoader();
        return FileMapping.Unwritten(File.ReadLines("/proc/self/smaps")).Count(m => before.Contains(m) && LetGo(m));
    }

    private static bool LetGo(FileMapping mapping) => LibC.MAdvise((void*)mapping.Start, mapping.End - mapping.Start, DontNeed) == 0;

    /// <summary>The loader takes one library at a time, also one that it has loaded already.</summary>
    private static void WaitForTheLoader()
    {
        if (NativeLibrary.TryLoad(LibC.Library, out var handle))
        {
            NativeLibrary.Free(handle);
        }
    }
}
