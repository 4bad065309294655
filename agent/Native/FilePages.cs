namespace MoneroCloud.Agent;

/// <summary>Which pages of a mapping are the file's own, as <c>/proc/PID/pagemap</c> has it: one number a page.</summary>
internal static class FilePages
{
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const ulong OfFile = 1UL << 61;

    /// <summary>Runs of pages that are resident and are the file's: not a copy that the process has written to, as relocated data is.</summary>
    public static List<Range> Runs(ReadOnlySpan<ulong> pages)
    {
        var runs = new List<Range>();
        for (var at = 0; at < pages.Length; at++)
        {
            var first = at;
            while (at < pages.Length && (pages[at] & (Present | Swapped | OfFile)) == (Present | OfFile))
            {
                at++;
            }

            if (at > first)
            {
                runs.Add(first..at);
            }
        }

        return runs;
    }
}
