using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A page of a history from its rows as they come, newest first.</summary>
internal sealed class HistoryViewBuilder(string subject, int limit)
{
    private readonly ImmutableArray<HistoryEntry>.Builder _entries = ImmutableArray.CreateBuilder<HistoryEntry>();
    private int _rows;
    private string? _last;
    private bool _more;

    /// <param name="entry">Null for a row that cannot be read: it hides no other.</param>
    public void Add(string key, HistoryEntry? entry)
    {
        if (_rows == limit)
        {
            _more = true;
            return;
        }

        (_rows, _last) = (_rows + 1, key);
        if (entry is not null)
        {
            _entries.Add(entry);
        }
    }

    /// <param name="whole">There were no more rows than those that came.</param>
    public HistoryView Build(bool whole) => new()
    {
        Subject = subject,
        Entries = _entries.ToImmutable(),
        Next = (_more || !whole) && _last is not null ? HistoryCursor.OfKey(subject, _last).ToString() : null,
    };
}
