using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace MoneroCloud.Agent;

/// <summary>The lines of a compressed file, one by one, each within a bound: a file may be anything.</summary>
internal static class StateFileLines
{
    /// <summary>A row's two texts of 32,000 characters each, of which JSON makes six bytes at most.</summary>
    private const int Longest = 1 << 19;

    /// <summary>Each with its end.</summary>
    /// <exception cref="StateFileException">It is not compressed so, or cut off, or a line is too long.</exception>
    public static async IAsyncEnumerable<byte[]> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        var pipe = PipeReader.Create(gzip, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        while (true)
        {
            var read = await NextAsync(pipe, cancellation);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var after = rest.GetPosition(1, end);
                yield return rest.Slice(0, after).ToArray();
                rest = rest.Slice(after);
            }

            if (rest.Length > Longest)
            {
                throw new StateFileException($"has a line of more than {Longest >> 10} KiB: it is no file of 'monerocloud export'");
            }

            if (read.IsCompleted && !rest.IsEmpty)
            {
                throw new StateFileException("ends in the middle of a line: it is cut off");
            }

            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static async Task<ReadResult> NextAsync(PipeReader pipe, CancellationToken cancellation)
    {
        try
        {
            return await pipe.ReadAsync(cancellation);
        }
        catch (InvalidDataException)
        {
            throw new StateFileException("is damaged, cut off, or no file of 'monerocloud export' (gzip)");
        }
    }
}
