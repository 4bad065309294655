namespace MoneroCloud.Core;

/// <summary>A block of a daemon's chain at a height that others tell of too, so that chains of different length can be compared.</summary>
/// <param name="Height">The block's own height: the first block has 0.</param>
/// <param name="Hash">The first <see cref="HashLength"/> digits of its hash, lower case: enough to tell chains apart.</param>
public sealed record BlockMark(long Height, string Hash)
{
    public const int HashLength = 16;
}
