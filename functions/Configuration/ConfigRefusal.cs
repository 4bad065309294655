namespace MoneroCloud.Functions;

/// <summary>That the monitor runs with an earlier configuration, for as long as it does.</summary>
internal sealed record ConfigRefusal
{
    /// <summary>Of what was wrong: the same again is not told again.</summary>
    public required string Digest { get; init; }

    public required DateTimeOffset Since { get; init; }
}
