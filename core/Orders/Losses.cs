using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// What the end of a process may have cost. The seed and the funds are never at stake: they are in the <c>.keys</c> file and on the chain.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(MayBeRescanned), "may_be_rescanned")]
[JsonDerivedType(typeof(SaveFailed), "save_failed")]
[JsonDerivedType(typeof(NotKnown), "not_known")]
public abstract record Losses
{
    private Losses()
    {
    }

    /// <param name="Why">What proves it.</param>
    public sealed record None(string Why) : Losses;

    /// <summary>The process ended before a save: what the wallet had taken in since then was in memory only.</summary>
    public sealed record MayBeRescanned : Losses
    {
        /// <summary>The last save that is known; null when none is.</summary>
        public DateTimeOffset? SavedAt { get; init; }

        /// <summary>Since when the wallet had been open; null when that is not known.</summary>
        public DateTimeOffset? OpenedAt { get; init; }

        /// <summary>So many blocks were in fact missing after the start; null when that is not known.</summary>
        public long? Blocks { get; init; }
    }

    /// <summary>The wallet wanted to save and could not.</summary>
    /// <param name="Text">What it said, and the last save that is known.</param>
    public sealed record SaveFailed(string Text) : Losses;

    /// <param name="Why">What is not known.</param>
    public sealed record NotKnown(string Why) : Losses;
}
