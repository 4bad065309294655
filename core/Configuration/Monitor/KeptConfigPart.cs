namespace MoneroCloud.Core;

/// <summary>One piece of the configuration that was good last, since a row has a bound.</summary>
internal sealed record KeptConfigPart
{
    /// <summary>How the keys of its rows begin.</summary>
    public const string KeyPrefix = "s|config|";

    /// <summary>Of the whole: pieces of two configurations never make a third.</summary>
    public required string Digest { get; init; }

    /// <summary>How many pieces there are.</summary>
    public required int Parts { get; init; }

    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>Compressed, in base64url.</summary>
    public required string Text { get; init; }
}
