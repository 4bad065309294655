namespace MoneroCloud.Core;

/// <summary>A silence or a maintenance as the API shows it.</summary>
public sealed record SilenceView
{
    public required string Id { get; init; }

    public required SilenceKind Kind { get; init; }

    public required SilenceState State { get; init; }

    public required AlertMatch Match { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    public string? Comment { get; init; }

    /// <summary>Who ended it before its time.</summary>
    public string? EndedBy { get; init; }

    /// <summary>What may be wrong with it, where it was just made: it hides nothing that is known at present. Null for nothing.</summary>
    public string? Warning { get; init; }

    public static SilenceView Of(Silence silence, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(silence);
        return new SilenceView
        {
            Id = silence.Id,
            Kind = silence.Kind,
            State = now >= silence.Until ? SilenceState.Ended : now < silence.From ? SilenceState.Future : SilenceState.Active,
            Match = AlertMatch.Of(silence.Match),
            From = silence.From,
            Until = silence.Until,
            By = silence.By,
            Comment = silence.Comment,
            EndedBy = silence.EndedBy,
        };
    }
}
