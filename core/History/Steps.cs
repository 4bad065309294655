namespace MoneroCloud.Core;

/// <summary>A value that changes at moments, and stays in between.</summary>
/// <param name="before">Until the first of them.</param>
internal sealed class Steps<T>(T before)
{
    private readonly List<DateTimeOffset> _at = [];
    private readonly List<T> _values = [];

    public IEnumerable<DateTimeOffset> Moments => _at;

    /// <summary>From then on; not before what was added last.</summary>
    public void Add(DateTimeOffset at, T value)
    {
        _at.Add(at);
        _values.Add(value);
    }

    /// <summary>Of several at one moment the last holds.</summary>
    public T At(DateTimeOffset moment)
    {
        var (low, high) = (0, _at.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _at[middle] <= moment ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? before : _values[low - 1];
    }

    /// <summary>Whether a moment is in one of the spells, which may overlap.</summary>
    public static Steps<bool> Within(IEnumerable<Spell> spells)
    {
        var steps = new Steps<bool>(false);
        DateTimeOffset? end = null;
        foreach (var spell in spells.Where(s => s.From < s.To).OrderBy(s => s.From))
        {
            if (end is { } until && spell.From <= until)
            {
                end = spell.To > until ? spell.To : until;
                continue;
            }

            if (end is { } over)
            {
                steps.Add(over, false);
            }

            steps.Add(spell.From, true);
            end = spell.To;
        }

        if (end is { } last)
        {
            steps.Add(last, false);
        }

        return steps;
    }
}
