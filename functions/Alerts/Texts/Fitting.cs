namespace MoneroCloud.Functions;

/// <summary>How much of a message a channel takes.</summary>
internal static class Fitting
{
    /// <summary>The first of the plans whose message is not longer than that; the last one must be.</summary>
    public static byte[] First<T>(IEnumerable<T> plans, Func<T, byte[]> make, int mostBytes)
    {
        byte[] made = [];
        foreach (var plan in plans)
        {
            made = make(plan);
            if (made.Length <= mostBytes)
            {
                break;
            }
        }

        return made;
    }
}
