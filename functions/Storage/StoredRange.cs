namespace MoneroCloud.Functions;

/// <summary>A range of keys as they are written.</summary>
internal readonly record struct StoredRange(string From, string To)
{
    // Above every written key: '~' at the beginning of one is followed by a digit.
    private const string Last = "~~";

    public static StoredRange Of(KeyRange range) => new(KeyText.Write(range.From), range.To is null ? Last : KeyText.Write(range.To));
}
