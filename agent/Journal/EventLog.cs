using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The agent's event list in <c>events.jsonl</c>: facts numbered without gaps within the epoch, and transitions.
/// Bounded: at 4 MiB the file becomes <c>events.1.jsonl</c>, and the one before that is dropped. Where a spool is attached, every fact
/// also goes there, for the monitor.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private const long RotateAt = 4 << 20;

    private readonly Lock _lock = new();
    private readonly string _path;
    private FileStream _file;
    private EventSpool? _spool;
    private long _epoch;
    private long _n;

    public EventLog(string folder, long epoch)
    {
        _path = Path.Combine(folder, Names.EventsFile);
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
        _file = Open();
        EndLine_NeedsLock();
    }

    /// <summary>Raised after an entry was written, on the writer's thread.</summary>
    public event Action<EventEntry>? Written;

    /// <summary>Raised after a fact was spooled, on its thread.</summary>
    public event Action? Spooled;

    /// <summary>How far each node's processes were told of when the list was opened.</summary>
    public IReadOnlyDictionary<NodeName, LastLife> LastLives { get; }

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
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, AgentJson.Default.EventEntry);
        Array.Resize(ref line, line.Length + 1);
        line[^1] = (byte)'\n';
        _file.Write(line);
        if (_file.Length > RotateAt)
        {
            _file.Dispose();
            File.Move(_path, Older, overwrite: true);
            _file = Open();
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
                _file.WriteByte((byte)'\n');
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

    private FileStream Open() => new(_path, new FileStreamOptions
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.Read,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
