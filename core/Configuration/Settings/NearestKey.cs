namespace MoneroCloud.Core;

/// <summary>Finds what a mistyped key was meant to be.</summary>
internal static class NearestKey
{
    /// <returns>Null when none is near enough to be meant.</returns>
    public static string? Find(string typed, IEnumerable<string> known)
    {
        var (key, distance) = known
            .Select(k => (Key: k, Distance: Distance(typed.ToUpperInvariant(), k.ToUpperInvariant())))
            .DefaultIfEmpty()
            .MinBy(c => c.Distance);
        return key is not null && distance <= Math.Max(2, key.Length / 3) ? key : null;
    }

    /// <summary>Levenshtein's.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > b.Length)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
