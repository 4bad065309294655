namespace MoneroCloud.Functions;

/// <summary>Keys in ordinal order, from the first one to before the second one.</summary>
/// <param name="From">Inclusive; empty: from the first key.</param>
/// <param name="To">Exclusive; null: to the last key.</param>
internal readonly record struct KeyRange(string From, string? To)
{
    public static KeyRange All => new("", null);

    /// <summary>All keys that begin so.</summary>
    public static KeyRange Prefix(string prefix) => new(prefix, After(prefix));

    // The first text after all those that begin so.
    private static string? After(string prefix)
    {
        var kept = prefix.AsSpan().TrimEnd(char.MaxValue);
        return kept.IsEmpty ? null : $"{kept[..^1]}{(char)(kept[^1] + 1)}";
    }
}
