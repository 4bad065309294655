namespace MoneroCloud.Functions;

/// <summary>Where a row is: its shard, and any text of 1 to 512 characters (the written form, <see cref="KeyText"/>, too is at most 512).</summary>
internal readonly record struct RowKey
{
    /// <summary>The longest key in characters, as it is and as it is written. Azure allows 1 KiB of UTF-16.</summary>
    public const int MaxLength = 512;

    /// <exception cref="ArgumentException">Not a key: <see cref="IsAllowed"/>.</exception>
    public RowKey(Shard shard, string key)
    {
        if (!IsAllowed(key))
        {
            throw new ArgumentException($"a key has 1 to {MaxLength} characters, also as it is written; this one has {key.Length}", nameof(key));
        }

        Shard = shard;
        Key = key;
    }

    public Shard Shard { get; }

    public string Key { get; }

    /// <summary>Whether a text from outside can be a key.</summary>
    public static bool IsAllowed(string key) => key.Length is > 0 and <= MaxLength && KeyText.Write(key).Length <= MaxLength;

    public override string ToString() => $"{Shard}/{Key}";
}
