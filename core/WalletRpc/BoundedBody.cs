namespace MoneroCloud.Core;

/// <summary>A buffer for one answer at a time, which keeps its few kilobytes between answers and never grows past the bound.</summary>
/// <param name="limit">In bytes.</param>
internal sealed class BoundedBody(int limit = BoundedBody.Limit)
{
    public const int Limit = 1 << 20;

    private const int Kept = 4 << 10;

    private byte[] buffer = new byte[Kept];

    /// <summary>The whole of <paramref name="stream"/>, valid until the next call; null when it is longer than the bound.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        if (buffer.Length > Kept)
        {
            buffer = new byte[Kept];
        }

        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            length += read;
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            if (length > limit)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                // The last step takes the byte above the bound along, so that never more than one and a half bounds are held.
                Array.Resize(ref buffer, buffer.Length * 2 < limit ? buffer.Length * 2 : limit + 1);
            }
        }
    }
}
