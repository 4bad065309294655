using System.Globalization;
using System.Runtime.CompilerServices;

namespace MoneroCloud.Agent;

/// <summary>
/// Lets go of the code that only the start needed (command line, configuration): its pages are read-only, unchanged and come back from the
/// page cache if they are ever used again. Resident memory then shows what supervising needs.
/// </summary>
internal static unsafe class StartUpMemory
{
    private const int DontNeed = 4;
    private const string Code = "r-xp";

    /// <summary>Of the AOT program and its libraries only; compiled-at-run-time code is not backed by a file.</summary>
    /// <returns>Mappings let go of.</returns>
    internal static int Release()
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            return 0;
        }

        var released = 0;
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            if (TryParse(line, out var start, out var end) && LibC.MAdvise((void*)start, end - start, DontNeed) == 0)
            {
                released++;
            }
        }

        return released;
    }

    /// <summary>True for code that is mapped from a file and cannot have been written to.</summary>
    internal static bool TryParse(string line, out nuint start, out nuint end)
    {
        (start, end) = (0, 0);
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [var range, Code, _, _, _, ['/', ..], ..]
            && range.Split('-') is [var from, var to]
            && nuint.TryParse(from, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out start)
            && nuint.TryParse(to, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out end)
            && end > start;
    }
}
