using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The agent's event list in <c>events.jsonl</c>: facts numbered without gaps within the epoch, and transitions.
/// Bounded: at 4 MiB the file becomes <c>events.1.jsonl</c>, and the one before that is dropped. Where a spool is attached, every fact
/// also goes there, for the monitor. Never throws for what the disk does once it is open: what it refuses is missing in the list, and is told all the same.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private const long RotateAt = 4 << 20;

    /// <summary>A rotation that the disk refused is tried again after so much more.</summary>
    private const long RotateAgainAfter = 256 << 10;

    private readonly Lock _lock = new();
    private readonly DiskTrouble _trouble = new(Names.EventsFile, "; what happened meanwhile is missing in it");
    private readonly string _path;
    private readonly Func<string, FileMode, FileStream> _open;
    private LineFile _file;
    private long _rotateAt = RotateAt;
    private EventSpool? _spool;
    private long _epoch;
    private long _n;

    /// <param name="folder">The state folder.</param>
    /// <param name="epoch">The journal's.</param>
    /// <param name="open">Opens a file for writing; null: <see cref="LineFile.Open"/>.</param>
    public EventLog(string folder, long epoch, Func<string, FileMode, FileStream>? open = null)
    {
        _path = Path.Combine(folder, Names.EventsFile);
        _open = open ?? LineFile.Open;
        _epoch = epoch;
        var lives = new Dictionary<NodeName, LastLife>();
        foreach (var entry in ReadAll())
        {
            _n = entry.Epoch == epoch ? Math.Max(_n, entry.N ?? 0) : _n;
            if (entry is { Node: { } node, Fact: { } fact })
            {
                lives[node] = lives.GetValueOrDefault(node).After(fact);
            }
        }

        LastLives = lives;
        _file = new LineFile(_open(_path, FileMode.Append));
        EndLine_NeedsLock();
    }

    /// <summary>A line about a disk that begins to refuse, or no longer does.</summary>
    public event Action<string>? Trouble
    {
        add => _trouble.Told += value;
        remove => _trouble.Told -= value;
    }

    /// <summary>Raised after an entry was written, on the writer's thread.</summary>
    public event Action<EventEntry>? Written;

    /// <summary>Raised after a fact was spooled, on its thread.</summary>
    public event Action? Spooled;

    /// <summary>How far each node's processes were told of when the list was opened.</summary>
    public IReadOnlyDictionary<NodeName, LastLife> LastLives { get; }

    /// <summary>Facts were kept for a monitor in this life of the agent.</summary>
    public bool HadSpool { get; private set; }

    /// <summary>The last number that was given.</summary>
    public EventPosition Position
    {
        get
        {
            lock (_lock)
            {
                return new EventPosition(_epoch, _n);
            }
        }
    }

    /// <param name="node">Null for what concerns the agent as a whole.</param>
    public void Add(NodeName? node, DateTimeOffset at, NodeFact fact)
    {
        EventEntry entry;
        bool spooled;
        lock (_lock)
        {
            entry = new EventEntry { Node = node, At = at, Epoch = _epoch, N = ++_n, Fact = fact };
            spooled = Spool_NeedsLock(node, at, fact);
            Write_NeedsLock(entry);
        }

        Written?.Invoke(entry);
        if (spooled)
        {
            Spooled?.Invoke();
        }
    }

    /// <summary>The evidence behind a transition: for the monitor, which judges it by itself. In the list here the transition says the same.</summary>
    public void AddObserved(NodeName node, ObservedEvidence seen)
    {
        lock (_lock)
        {
            if (_spool is null)
            {
                return;
            }

            _n++;
            Spool_NeedsLock(node, seen.At, new NodeFact.Observed(seen));
        }

        Spooled?.Invoke();
    }

    /// <summary>From here on facts are kept for the monitor too; with null no longer.</summary>
    public void Attach(EventSpool? spool)
    {
        lock (_lock)
        {
            _spool = spool;
            HadSpool |= spool is not null;
            _n = spool is { } attached && attached.Stored.Epoch == _epoch ? Math.Max(_n, attached.Last) : _n;
        }
    }

    /// <summary>Numbers begin anew in a higher epoch; what the monitor has not got yet is numbered again.</summary>
    public void BeginEpoch(long epoch)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epoch, _epoch);
            _spool?.BeginEpoch(epoch);
            _epoch = epoch;
            _n = _spool?.Last ?? 0;
        }
    }

    public void Add(NodeName node, Transition transition)
    {
        var entry = new EventEntry { Node = node, At = transition.At, Transition = transition };
        lock (_lock)
        {
            Write_NeedsLock(entry);
        }

        Written?.Invoke(entry);
    }

    /// <summary>The newest entries, oldest first.</summary>
    /// <param name="node">Of this node only; null for all.</param>
    /// <param name="most">At least 1.</param>
    public ImmutableArray<EventEntry> Last(NodeName? node, int most)
    {
        lock (_lock)
        {
            return [.. ReadAll().Where(e => node is null || e.Node == node).TakeLast(most)];
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private bool Spool_NeedsLock(NodeName? node, DateTimeOffset at, NodeFact fact)
    {
        _spool?.Append(new NodeEvent(_epoch, _n, node, at, fact));
        return _spool is not null;
    }

    private void Write_NeedsLock(EventEntry entry)
    {
        try
        {
            _file.Append(JsonSerializer.SerializeToUtf8Bytes(entry, AgentJson.Default.EventEntry), durable: false);
            _trouble.End();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _trouble.Begin("written", e);
            return;
        }

        if (_file.Length > _rotateAt)
        {
            Rotate_NeedsLock();
        }
    }

    // The old file is let go of when the new one is in its place; until then it simply grows.
    private void Rotate_NeedsLock()
    {
        var path = _path + ".next";
        LineFile? next = null;
        try
        {
            next = new LineFile(_open(path, FileMode.Create));

            // An earlier try may have come as far as this.
            if (File.Exists(_path))
            {
                File.Move(_path, Older, overwrite: true);
            }

            File.Move(path, _path);
            _file.Dispose();
            (_file, _rotateAt) = (next, RotateAt);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            next?.Dispose();
            LineFile.TryDelete(path);
            _rotateAt = _file.Length + RotateAgainAfter;
        }
    }

    // A line that was cut off by a kill -9 must not swallow the next one.
    private void EndLine_NeedsLock()
    {
        if (_file.Length > 0)
        {
            using var reader = File.OpenRead(_path);
            reader.Seek(-1, SeekOrigin.End);
            if (reader.ReadByte() != '\n')
            {
                _file.Append([], durable: false);
            }
        }
    }

    private string Older => Path.ChangeExtension(_path, ".1.jsonl");

    private IEnumerable<EventEntry> ReadAll() =>
        new[] { Older, _path }.Where(File.Exists).SelectMany(Lines).Select(TryParse).OfType<EventEntry>();

    private static IEnumerable<string> Lines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static EventEntry? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AgentJson.Default.EventEntry);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            return null;
        }
    }
}
