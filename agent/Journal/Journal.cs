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
    private JournaledOrders _orders;
    private JournalRecord.MonitorSilent? _silence;
    private long _epoch;

    private Journal(string path, TimeProvider time, JournalContents contents)
    {
        _path = path;
        _time = time;
        _nodes = contents.Nodes;
        _orders = contents.Orders.Forget(time.GetUtcNow());
        _silence = contents.Silence;
        _epoch = contents.Epoch;
        Life = contents.Life + 1;
        Since = contents.Since ?? time.GetUtcNow();
        DamagedLines = contents.DamagedLines;
        _file = Rewrite_NeedsLock();
    }

    public long Epoch
    {
        get
        {
            lock (_lock)
            {
                return _epoch;
            }
        }
    }

    /// <summary>Rises by one with each agent that opens the journal; at least 1.</summary>
    public long Life { get; }

    /// <summary>From here on nothing is missing: orders that are older may have been carried out already.</summary>
    public DateTimeOffset Since { get; }

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
            Append_NeedsLock(line, durable);
        }
    }

    /// <summary>The orders that are remembered.</summary>
    public JournaledOrders Orders
    {
        get
        {
            lock (_lock)
            {
                return _orders;
            }
        }
    }

    /// <summary>An order is taken, durably. Throws <see cref="IOException"/> where that cannot be written; then it is not taken.</summary>
    public void Take(JournalRecord.OrderTaken taken)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(taken, JournalJson.Default.JournalRecord);
        lock (_lock)
        {
            var before = _orders;
            _orders = before.Apply(taken).Forget(_time.GetUtcNow());
            try
            {
                Append_NeedsLock(line, durable: true);
            }
            catch (IOException)
            {
                _orders = before;
                throw;
            }
        }
    }

    public void End(string order)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new JournalRecord.OrderEnded(order), JournalJson.Default.JournalRecord);
        lock (_lock)
        {
            _orders = _orders.Apply(new JournalRecord.OrderEnded(order));
            Append_NeedsLock(line, durable: false);
        }
    }

    /// <summary>What the webhook was told of a silent monitor, and has not been told the end of; null for nothing.</summary>
    public JournalRecord.MonitorSilent? Silence
    {
        get
        {
            lock (_lock)
            {
                return _silence;
            }
        }
    }

    /// <param name="silence">Null: it is over.</param>
    public void Tell(JournalRecord.MonitorSilent? silence)
    {
        lock (_lock)
        {
            _silence = silence;
            Append_NeedsLock(JsonSerializer.SerializeToUtf8Bytes(silence ?? new JournalRecord.MonitorHeard() as JournalRecord, JournalJson.Default.JournalRecord), durable: false);
        }
    }

    /// <summary>Begins a higher epoch, durably: numbers of the one before were used by a journal that was lost, or are never to be told.</summary>
    public void BeginEpoch(long epoch)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epoch, _epoch);
            _epoch = epoch;
            _file.Dispose();
            _file = Rewrite_NeedsLock();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private void Append_NeedsLock(byte[] line, bool durable)
    {
        Write(_file, line);
        _file.Flush(durable);
        if (_file.Length > CompactAt)
        {
            _file.Dispose();
            _file = Rewrite_NeedsLock();
        }
    }

    private FileStream Rewrite_NeedsLock()
    {
        var next = _path + ".next";
        using (var file = Create(next, FileMode.Create))
        {
            var created = new JournalRecord.Created(_epoch, _time.GetUtcNow())
            {
                Life = Life,
                Since = Since,
                ForgottenUntil = _orders.ForgottenUntil > 0 ? _orders.ForgottenUntil : null,
            };
            foreach (var record in _nodes.SelectMany(n => n.Value.Records(n.Key)).Concat(_orders.Records()).Concat(_silence is null ? [] : [_silence]).Prepend(created))
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
