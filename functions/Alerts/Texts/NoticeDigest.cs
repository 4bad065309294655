using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a message says, whatever its channel: a headline, the worst in full, and the count of the rest.</summary>
internal sealed record NoticeDigest
{
    public const int MostShown = 20;

    public const int LongestText = 600;

    /// <summary>One line: the alert's own title, or how many of what.</summary>
    public required string Headline { get; init; }

    /// <summary>The worst first; of one severity, the earlier first.</summary>
    public required ImmutableArray<DigestItem> Shown { get; init; }

    /// <summary>Alerts that are not among those shown.</summary>
    public required int More { get; init; }

    public required AlertSeverity Severity { get; init; }

    /// <summary>Null where there is none.</summary>
    public required Uri? Link { get; init; }

    /// <summary>What stands for the rest; null when nothing is left out.</summary>
    public string? MoreText => More == 0 ? null : More == 1 ? "and one more, which is not shown here" : $"and {More} more, which are not shown here";

    public static NoticeDigest Of(Notice notice, int shown = MostShown, int longestText = LongestText)
    {
        var items = WorstFirst(notice);
        var full = items.Take(shown).Select(i => DigestItem.Of(i, longestText)).ToImmutableArray();
        return new NoticeDigest
        {
            Headline = items.Length == 1 ? full[0].Title : NoticeHeadline.Of(notice.Items),
            Shown = full,
            More = items.Length - full.Length,
            Severity = notice.Severity,
            Link = notice.Link ?? (items.Length == 1 ? items[0].Link : null),
        };
    }

    public static ImmutableArray<NoticeItem> WorstFirst(Notice notice) => [.. notice.Items.OrderByDescending(i => i.Alert.Severity).ThenBy(i => i.Alert.At)];
}
