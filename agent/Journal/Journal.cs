using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The append-only file <c>journal.jsonl</c> in the state folder: one JSON line a record, compacted at each start and when it grows.
/// A half-written last line (the agent was killed in the write) is dropped; other damage is counted and raises the epoch.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const long CompactAt = 1 << 20;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private FileStream _file;
    private ImmutableDictionary<NodeName, JournaledNode> _nodes;

    private Journal(string path, TimeProvider time, JournalContents contents)
    {
        _path = path;
        _time = time;
        _nodes = contents.Nodes;
        Epoch = contents.Epoch;
        DamagedLines = contents.DamagedLines;
        _file = Rewrite_NeedsLock();
    }

    public long Epoch { get; }

    /// <summary>Lines that could not be read at the start.</summary>
    public int DamagedLines { get; }

    /// <summary>Opens or makes the journal. Throws <see cref="IOException"/> where the folder cannot be written.</summary>
    public static Journal Open(string folder, TimeProvider time)
    {
        var path = Path.Combine(folder, Names.JournalFile);
        return new Journal(path, time, JournalContents.Read(path));
    }

    public JournaledNode Of(NodeName node)
    {
        lock (_lock)
        {
            return _nodes.GetValueOrDefault(node, JournaledNode.Empty);
        }
    }

    /// <summary>Appends one record.</summary>
    /// <param name="node">The record's node.</param>
    /// <param name="record">The record.</param>
    /// <param name="durable">Survives a power loss (fsync), not only a kill -9. A process does not outlive a power loss, so its records need not.</param>
    public void Append(NodeName node, JournalRecord record, bool durable)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord);
        lock (_lock)
        {
            _nodes = _nodes.SetItem(node, _nodes.GetValueOrDefault(node, JournaledNode.Empty).Apply(record));
            Write(_file, line);
            _file.Flush(durable);
            if (_file.Length > CompactAt)
            {
                _file.Dispose();
                _file = Rewrite_NeedsLock();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private FileStream Rewrite_NeedsLock()
    {
        var next = _path + ".next";
        using (var file = Create(next, FileMode.Create))
        {
            Write(file, JsonSerializer.SerializeToUtf8Bytes(new JournalRecord.Created(Epoch, _time.GetUtcNow()), JournalJson.Default.JournalRecord));
            foreach (var record in _nodes.SelectMany(n => n.Value.Records(n.Key)))
            {
                Write(file, JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord));
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
        return Create(_path, FileMode.Append);
    }

    private static FileStream Create(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.Write,
        Share = FileShare.Read,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    // One write a line, so that a kill -9 leaves at most the last line half-written.
    private static void Write(FileStream file, byte[] line)
    {
        Array.Resize(ref line, line.Length + 1);
        line[^1] = (byte)'\n';
        file.Write(line);
    }
}
