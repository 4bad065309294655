using System.Threading.Channels;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The event list as it grows, from now on; bounded: a reader that does not keep up loses the oldest.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly Channel<EventEntry> _entries = Channel.CreateBounded<EventEntry>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly EventLog _log;
    private readonly NodeName? _node;

    public EventStream(EventLog log, NodeName? node)
    {
        (_log, _node) = (log, node);
        _log.Written += OnWritten;
    }

    public ValueTask<EventEntry> NextAsync(CancellationToken cancellation) => _entries.Reader.ReadAsync(cancellation);

    public bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EventEntry? entry) => _entries.Reader.TryRead(out entry);

    public void Dispose() => _log.Written -= OnWritten;

    private void OnWritten(EventEntry entry)
    {
        if (_node is null || entry.Node == _node)
        {
            _entries.Writer.TryWrite(entry);
        }
    }
}
