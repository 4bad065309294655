using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The append-only file <c>journal.jsonl</c> in the state folder: one JSON line a record, compacted at each start and when it grows.
/// A half-written last line (the agent was killed in the write) is dropped; other damage is counted and raises the epoch. What need not be
/// durable is never refused: while the disk is full it is kept in memory, and the file is made whole when there is room.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const long CompactAt = 1 << 20;

    /// <summary>So often a file that is behind, or could not be compacted, is tried to be made anew.</summary>
    private static readonly TimeSpan MendEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly DiskTrouble _trouble = new(Names.JournalFile, ", and lacks nothing");
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Func<string, FileMode, FileStream> _open;
    private LineFile _file;
    private ITimer? _mending;
    private bool _disposed;
    private ImmutableDictionary<NodeName, JournaledNode> _nodes;
    private JournaledOrders _orders;
    private JournalRecord.MonitorSilent? _silence;
    private long _epoch;

    private Journal(string path, TimeProvider time, JournalContents contents, Func<string, FileMode, FileStream> open)
    {
        _path = path;
        _time = time;
        _open = open;
        _nodes = contents.Nodes;
        _orders = contents.Orders.Forget(time.GetUtcNow());
        _silence = contents.Silence;
        _epoch = contents.Epoch;
        Life = contents.Life + 1;
        Since = contents.Since ?? time.GetUtcNow();
        DamagedLines = contents.DamagedLines;
        _file = Rewritten_NeedsLock();
    }

    /// <summary>A line about a disk that begins to refuse, or no longer does.</summary>
    public event Action<string>? Trouble
    {
        add => _trouble.Told += value;
        remove => _trouble.Told -= value;
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
    /// <param name="folder">The state folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="open">Opens a file for writing; null: <see cref="LineFile.Open"/>.</param>
    public static Journal Open(string folder, TimeProvider time, Func<string, FileMode, FileStream>? open = null)
    {
        var path = Path.Combine(folder, Names.JournalFile);
        return new Journal(path, time, JournalContents.Read(path), open ?? LineFile.Open);
    }

    public JournaledNode Of(NodeName node)
    {
        lock (_lock)
        {
            return _nodes.GetValueOrDefault(node, JournaledNode.Empty);
        }
    }

    /// <summary>Appends one record. A durable one throws <see cref="IOException"/> where it cannot be written, and is then not there; another never does.</summary>
    /// <param name="node">The record's node.</param>
    /// <param name="record">The record.</param>
    /// <param name="durable">Survives a power loss (fsync), not only a kill -9. A process does not outlive a power loss, so its records need not.</param>
    public void Append(NodeName node, JournalRecord record, bool durable)
    {
        lock (_lock)
        {
            var before = _nodes;
            _nodes = before.SetItem(node, before.GetValueOrDefault(node, JournaledNode.Empty).Apply(record));
            Append_NeedsLock(record, durable, takeBack: () => _nodes = before);
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
        lock (_lock)
        {
            var before = _orders;
            _orders = before.Apply(taken).Forget(_time.GetUtcNow());
            Append_NeedsLock(taken, durable: true, takeBack: () => _orders = before);
        }
    }

    public void End(string order)
    {
        var ended = new JournalRecord.OrderEnded(order);
        lock (_lock)
        {
            _orders = _orders.Apply(ended);
            Append_NeedsLock(ended);
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
            Append_NeedsLock(silence ?? new JournalRecord.MonitorHeard() as JournalRecord);
        }
    }

    /// <summary>
    /// Begins a higher epoch, durably: numbers of the one before were used by a journal that was lost, or are never to be told. Throws
    /// <see cref="IOException"/> where that cannot be written; then it is not begun.
    /// </summary>
    public void BeginEpoch(long epoch)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epoch, _epoch);
            var before = _epoch;
            _epoch = epoch;
            try
            {
                Compact_NeedsLock();
            }
            catch (Exception e) when (IsRefusal(e))
            {
                _epoch = before;
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _mending?.Dispose();
            _file.Dispose();
        }
    }

    /// <param name="record">Already applied.</param>
    /// <param name="durable">It throws where it cannot be written.</param>
    /// <param name="takeBack">Takes it back before it throws.</param>
    private void Append_NeedsLock(JournalRecord record, bool durable = false, Action? takeBack = null)
    {
        try
        {
            _file.Append(LineOf(record), durable);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            MendLater_NeedsLock("written", e);
            if (durable)
            {
                takeBack?.Invoke();
                throw;
            }

            return;
        }

        // What was written is written: that there is no room to compact it concerns nobody who appends.
        if (_file.Length > CompactAt && !_trouble.IsThere)
        {
            TryCompact_NeedsLock();
        }
    }

    private void MendLater_NeedsLock(string what, Exception refusal)
    {
        _trouble.Begin(what, refusal);
        _mending ??= _time.CreateTimer(_ => Mend(), null, MendEvery, MendEvery);
    }

    private void Mend()
    {
        lock (_lock)
        {
            if (!_disposed && TryCompact_NeedsLock())
            {
                _mending?.Dispose();
                _mending = null;
                _trouble.End();
            }
        }
    }

    private bool TryCompact_NeedsLock()
    {
        try
        {
            Compact_NeedsLock();
            return true;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            MendLater_NeedsLock("compacted", e);
            return false;
        }
    }

    // The old file is let go of when the new one is in its place.
    private void Compact_NeedsLock()
    {
        var next = Rewritten_NeedsLock();
        _file.Dispose();
        _file = next;
    }

    private LineFile Rewritten_NeedsLock()
    {
        var path = _path + ".next";
        var next = new LineFile(_open(path, FileMode.Create));
        try
        {
            foreach (var record in Records_NeedsLock())
            {
                next.Append(LineOf(record), durable: false);
            }

            next.FlushToDisk();
            File.Move(path, _path, overwrite: true);
            return next;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            next.Dispose();
            LineFile.TryDelete(path);
            throw;
        }
    }

    /// <summary>The fewest records that give everything back.</summary>
    private IEnumerable<JournalRecord> Records_NeedsLock()
    {
        var created = new JournalRecord.Created(_epoch, _time.GetUtcNow())
        {
            Life = Life,
            Since = Since,
            ForgottenUntil = _orders.ForgottenUntil > 0 ? _orders.ForgottenUntil : null,
        };
        return _nodes.SelectMany(n => n.Value.Records(n.Key)).Concat(_orders.Records()).Concat(_silence is null ? [] : [_silence]).Prepend(created);
    }

    private static byte[] LineOf(JournalRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord);

    private static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException;
}
