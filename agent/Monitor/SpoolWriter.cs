using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace MoneroCloud.Agent;

/// <summary>
/// The growing end of the spool: segments of a bounded size, dropped as a whole. Changed under the spool's lock alone. A write that fails
/// is remembered and not thrown: the next one begins a new segment, so that half a line swallows nothing.
/// </summary>
internal sealed class SpoolWriter(SpoolFolder folder, long segmentLimit, IEnumerable<SpoolSegment> segments) : IDisposable
{
    private readonly Lock _flushing = new();
    private readonly HashSet<string> _unflushed = new(StringComparer.Ordinal);
    private readonly List<SpoolSegment> _segments = [.. segments.Select(s => s with { Length = SpoolLines.EndOfWholeLines(s.File) })];
    private FileStream? _file;
    private volatile string? _trouble;

    public ImmutableArray<SpoolSegment> Segments => [.. _segments];

    public long SegmentLimit => segmentLimit;

    /// <summary>Why the last write failed; null when it did not.</summary>
    public string? Trouble => _trouble;

    public void Append(long n, long epoch, ReadOnlySpan<byte> line)
    {
        // A line that could not be read again is not written: its number tells that it is missing.
        if (line.Length >= SpoolLines.Longest)
        {
            return;
        }

        var ended = new byte[line.Length + 1];
        line.CopyTo(ended);
        ended[^1] = (byte)'\n';
        Try(() => Write(n, epoch, ended));
    }

    /// <summary>Does what may fail on a full or broken disk.</summary>
    public void Try(Action write)
    {
        try
        {
            write();
            _trouble = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _trouble = e.Message;
            Close();
        }
    }

    /// <summary>Until the rest is within the bound; the newest segment stays.</summary>
    public void DropOldest(long limit)
    {
        for (var sum = _segments.Sum(s => s.Length); sum > limit && _segments.Count > 1; sum = _segments.Sum(s => s.Length))
        {
            Drop(_segments[0]);
        }
    }

    /// <summary>The segments of which the monitor has everything.</summary>
    /// <param name="all">It has the newest event too.</param>
    public void DropThrough(long n, bool all)
    {
        while (_segments.Count > 1 && _segments[1].First <= n + 1)
        {
            Drop(_segments[0]);
        }

        if (all && _segments.Count > 0)
        {
            Close();
            Drop(_segments[0]);
        }
    }

    /// <summary>Other segments instead of these, from the moment on when <paramref name="decide"/> has been written.</summary>
    public void Replace(IEnumerable<SpoolSegment> next, Action decide)
    {
        Close();
        var old = _segments.ToArray();
        Try(decide);
        _segments.Clear();
        _segments.AddRange(next);
        lock (_flushing)
        {
            _unflushed.UnionWith(_segments.Select(s => s.File));
        }

        Array.ForEach(old, s => Try(() => File.Delete(s.File)));
    }

    /// <summary>Everything written before the call is on the disk; without the spool's lock, so that nobody waits for the disk.</summary>
    public void FlushToDisk()
    {
        string[] files;
        lock (_flushing)
        {
            files = [.. _unflushed];
            _unflushed.Clear();
        }

        foreach (var file in files.Where(File.Exists))
        {
            try
            {
                using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                RandomAccess.FlushToDisk(handle);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _trouble = e.Message;
            }
        }
    }

    public void Dispose() => Close();

    private void Write(long n, long epoch, byte[] line)
    {
        if (_file is null || _segments[^1].Length + line.Length > segmentLimit)
        {
            Begin(n, epoch);
        }

        _file!.Write(line);
        _segments[^1].Length += line.Length;
        lock (_flushing)
        {
            _unflushed.Add(_segments[^1].File);
        }
    }

    private void Begin(long n, long epoch)
    {
        Close();

        // An agent that begins goes on in the newest file, where there is room and its end is whole.
        if (_segments.Count > 0 && _segments[^1] is var newest && newest.Length < segmentLimit / 2 && new FileInfo(newest.File) is { Exists: true } file && file.Length == newest.Length)
        {
            _file = SpoolFolder.Create(newest.File, FileMode.Append);
            return;
        }

        var segment = folder.NewSegment(epoch, n);
        _file = SpoolFolder.Create(segment.File, FileMode.Create);
        _segments.Add(segment);
    }

    private void Drop(SpoolSegment segment)
    {
        Try(() => File.Delete(segment.File));
        _segments.Remove(segment);
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
