using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Facts that the monitor has not stored yet, on disk and never all in memory, oldest first. Bounded: what is too much is dropped from the
/// oldest end. A number that is missing, for whatever reason, is told as one <see cref="NodeFact.Lost"/> in its place. Never throws for
/// what the disk does: supervising goes on without it.
/// </summary>
internal sealed class EventSpool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SpoolFolder _folder;
    private readonly long _limit;
    private readonly SpoolWriter _writer;
    private SpoolPosition _position;
    private (string File, long Offset) _cursor = ("", 0);

    private EventSpool(SpoolFolder folder, long limit, SpoolPosition position, IEnumerable<SpoolSegment> segments)
    {
        _folder = folder;
        _limit = limit;
        _position = position;
        _writer = new SpoolWriter(folder, Math.Clamp(limit / 16, 4096, 1 << 20), segments);
        Last = Math.Max(position.N, LastOf(_writer.Segments));
    }

    /// <summary>The position of what the monitor has.</summary>
    public SpoolPosition Position
    {
        get
        {
            lock (_lock)
            {
                return _position;
            }
        }
    }

    public EventPosition Stored => Position.Stored();

    /// <summary>The number of the newest event. Read and changed under the event list's lock.</summary>
    public long Last { get; private set; }

    /// <summary>How many events the monitor has not got.</summary>
    public long Pending
    {
        get
        {
            lock (_lock)
            {
                return Math.Max(0, Last - _position.N);
            }
        }
    }

    /// <summary>On disk.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _writer.Segments.Sum(s => s.Length);
            }
        }
    }

    /// <summary>Why the last write failed; null when it did not.</summary>
    public string? Trouble => _writer.Trouble;

    /// <summary>The spool of that monitor and key as it was left; null when there is none, or that of another monitor.</summary>
    public static EventSpool? TryOpen(string folder, long limit, string monitor)
    {
        var files = new SpoolFolder(folder);
        if (files.ReadPosition() is not { } position || position.Monitor != monitor)
        {
            return null;
        }

        // Files of another epoch: renumbering was cut off, before or after it was decided.
        foreach (var other in files.Segments().Where(s => s.Epoch != position.Epoch).ToArray())
        {
            File.Delete(other.File);
        }

        return new EventSpool(files, limit, position, [.. files.Segments()]);
    }

    /// <summary>An empty spool, whatever was there before.</summary>
    public static EventSpool Make(string folder, long limit, SpoolPosition position)
    {
        SpoolFolder.Remove(folder);
        var files = new SpoolFolder(folder);
        files.Make();
        files.WritePosition(position);
        return new EventSpool(files, limit, position, []);
    }

    public void Append(NodeEvent happened)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(happened, CoreJson.Default.NodeEvent);
        lock (_lock)
        {
            Last = happened.N;
            _writer.Append(happened.N, happened.Epoch, line);
            _writer.DropOldest(_limit);
        }
    }

    /// <summary>The oldest events that are not stored, as many as fit.</summary>
    /// <param name="budget">Bytes of JSON; at least one event is returned all the same.</param>
    public SpoolRead Read(int budget)
    {
        SpoolPosition position;
        ImmutableArray<SpoolSegment> segments;
        lock (_lock)
        {
            position = _position;
            segments = [.. _writer.Segments.Select(s => s with { })];
        }

        try
        {
            return Read(position, segments, budget);
        }
        catch (IOException)
        {
            // A segment was dropped while it was read: the next report has what is left.
            return new SpoolRead(position.Stored(), [], More: true);
        }
    }

    /// <summary>The monitor has everything up to here.</summary>
    /// <returns>False when that is not news.</returns>
    public bool Forget(EventPosition stored)
    {
        lock (_lock)
        {
            if (stored.Epoch != _position.Epoch || stored.N <= _position.N || stored.N > Last)
            {
                return false;
            }

            _position = _position with { N = stored.N };
            _writer.Try(() => _folder.WritePosition(_position));
            _writer.DropThrough(stored.N, all: stored.N == Last);
            return true;
        }
    }

    /// <summary>What the monitor is told from here on survives a power loss: no number is given twice.</summary>
    public void FlushToDisk() => _writer.FlushToDisk();

    /// <summary>Numbers what is left from 1 in a higher epoch: the monitor has none of it.</summary>
    public void BeginEpoch(long epoch)
    {
        lock (_lock)
        {
            var (segments, last) = SpoolRenumbering.Run(_folder, epoch, _writer.SegmentLimit, Pending_NeedsLock());
            (Last, _position, _cursor) = (last, _position with { Epoch = epoch, N = 0 }, ("", 0));
            _writer.Replace(segments, () => _folder.WritePosition(_position));
        }
    }

    /// <summary>The same spool under another key.</summary>
    public void Rekey(string key)
    {
        lock (_lock)
        {
            _position = _position with { Key = key };
            _writer.Try(() => _folder.WritePosition(_position));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }
    }

    private static long LastOf(ImmutableArray<SpoolSegment> segments) => segments.Reverse()
        .Select(s => SpoolLines.Read(s.File, 0, s.Length).Select(l => l.Event.N).DefaultIfEmpty(s.First - 1).Max())
        .FirstOrDefault();

    private IEnumerable<NodeEvent> Pending_NeedsLock() =>
        WithLost(_position, Lines(_position, _writer.Segments, null)).Select(l => l.Event);

    private SpoolRead Read(SpoolPosition position, ImmutableArray<SpoolSegment> segments, int budget)
    {
        var events = ImmutableArray.CreateBuilder<NodeEvent>();
        var bytes = 0;
        foreach (var (happened, length) in WithLost(position, Lines(position, segments, Passed)))
        {
            bytes += length;
            if (bytes > budget && events.Count > 0)
            {
                return new SpoolRead(position.Stored(), events.ToImmutable(), More: true);
            }

            events.Add(happened);
        }

        return new SpoolRead(position.Stored(), events.ToImmutable(), More: false);
    }

    /// <summary>Everything before is stored: the next read need not look at it again.</summary>
    private void Passed(string file, long offset)
    {
        lock (_lock)
        {
            _cursor = (file, offset);
        }
    }

    private IEnumerable<(NodeEvent Event, int Bytes)> Lines(SpoolPosition position, ImmutableArray<SpoolSegment> segments, Action<string, long>? passed)
    {
        (string File, long Offset) cursor;
        lock (_lock)
        {
            cursor = _cursor;
        }

        for (var i = 0; i < segments.Length; i++)
        {
            if (i + 1 < segments.Length && segments[i + 1].First <= position.N + 1)
            {
                continue;
            }

            var segment = segments[i];
            foreach (var (happened, bytes, next) in SpoolLines.Read(segment.File, cursor.File == segment.File ? cursor.Offset : 0, segment.Length))
            {
                if (happened.N > position.N)
                {
                    yield return (happened, bytes);
                }
                else
                {
                    passed?.Invoke(segment.File, next);
                }
            }
        }
    }

    private static IEnumerable<(NodeEvent Event, int Bytes)> WithLost(SpoolPosition position, IEnumerable<(NodeEvent Event, int Bytes)> lines)
    {
        const int LostBytes = 160;
        var expected = position.N + 1;
        foreach (var (happened, bytes) in lines.Where(l => l.Event.Epoch == position.Epoch))
        {
            if (happened.N < expected)
            {
                continue;
            }

            if (happened.N > expected)
            {
                yield return (new NodeEvent(position.Epoch, happened.N - 1, null, happened.At, new NodeFact.Lost(happened.N - expected)), LostBytes);
            }

            yield return (happened, bytes);
            expected = happened.N + 1;
        }
    }
}
