using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One alert as people read it; every text is one bounded, clean line.</summary>
internal sealed record DigestItem
{
    private const int LongestTitle = 200;

    public required string Title { get; init; }

    public required string Text { get; init; }

    public required string Subject { get; init; }

    /// <summary>Severity, condition and time.</summary>
    public required string Facts { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required Uri? Link { get; init; }

    public static DigestItem Of(NoticeItem item, int longestText)
    {
        var alert = item.Alert;
        var subject = CleanText.Line(alert.Subject, 100);
        var condition = alert.Condition is { } known ? $"{known} · " : "";
        return new DigestItem
        {
            Title = CleanText.Line(alert.Title, Math.Min(LongestTitle, longestText)) is { Length: > 0 } title ? title : subject,
            Text = CleanText.Line(alert.Text, longestText),
            Subject = subject,
            Facts = $"{Name(alert.Severity)} · {condition}{Time(alert.At)}",
            Severity = alert.Severity,
            Link = item.Link,
        };
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string Name(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "critical",
        AlertSeverity.Warning => "warning",
        _ => "good to know",
    };
}
