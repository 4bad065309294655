namespace MoneroCloud.Core;

/// <summary>Alerts that nobody wants to hear for a time. What it hides is kept and shown, with its id. Settable, as stored.</summary>
public sealed record Silence
{
    /// <summary>The longest, in days.</summary>
    public const int MostDays = 366;

    /// <summary>The longest comment, in characters.</summary>
    public const int LongestComment = 500;

    /// <summary>12 hexadecimal digits.</summary>
    public required string Id { get; set; }

    public required SilenceKind Kind { get; set; }

    /// <summary>Not empty.</summary>
    public required AlertMatcher Match { get; set; }

    public required DateTimeOffset From { get; set; }

    public required DateTimeOffset Until { get; set; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; set; }

    public string? Comment { get; set; }

    /// <summary>Who ended it before its time; null for one that ends by itself.</summary>
    public string? EndedBy { get; set; }

    public bool Hides(Alert alert, DateTimeOffset now) => From <= now && now < Until && Match.Fits(alert);
}
