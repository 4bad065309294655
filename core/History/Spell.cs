namespace MoneroCloud.Core;

/// <summary>From a moment to before another.</summary>
internal readonly record struct Spell(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Pairs of begin and end as a history has them. What has no end lasts until <paramref name="open"/>; an end without a begin says nothing.</summary>
    /// <param name="marks">In the order of their times.</param>
    public static IEnumerable<Spell> Pairs(IEnumerable<Transition> marks, DateTimeOffset open)
    {
        DateTimeOffset? since = null;
        foreach (var mark in marks)
        {
            if (mark.To == HealthState.Unknown)
            {
                since ??= mark.At;
            }
            else if (since is { } from)
            {
                yield return new Spell(from, mark.At);
                since = null;
            }
        }

        if (since is { } last && last < open)
        {
            yield return new Spell(last, open);
        }
    }
}
