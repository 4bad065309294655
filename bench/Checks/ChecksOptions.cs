namespace MoneroCloud.Bench;

/// <summary>What the checks bench is asked to do.</summary>
internal sealed record ChecksOptions
{
    public required ChildKind Kind { get; init; }

    public required int Children { get; init; }

    /// <summary>Blocks of each check and contestant, interleaved.</summary>
    public required int Blocks { get; init; }

    /// <summary>Checks of every wallet in a block.</summary>
    public required int Rounds { get; init; }

    /// <summary>Full passes are timed with this many of the wallets hung.</summary>
    public required IReadOnlyList<int> Hung { get; init; }

    /// <summary>Passes of each kind.</summary>
    public required int Passes { get; init; }
}
