namespace MoneroCloud.Functions;

/// <summary>What every page knows beside what it shows: who looks at it, and where it is.</summary>
public sealed record PageFrame
{
    /// <summary>The page with its query: where a form leads back to.</summary>
    public required string Place { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Forms that change something are shown.</summary>
    public bool MayAct { get; init; }

    /// <summary>What such a form has in it; null where the caller has a key in a header.</summary>
    public string? Token { get; init; }

    /// <summary>Role and name; null for nobody.</summary>
    public string? Who { get; init; }

    /// <summary>He can sign out: else it was not a session that let him in.</summary>
    public bool HasSession { get; init; }

    /// <summary>light or dark, where somebody has chosen; null: as the system has it.</summary>
    public string? Theme { get; init; }
}
