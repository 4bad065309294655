using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What a daemon said of its chain beside a good <c>get_version</c>: facts, as far as they could be understood.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Told), "told")]
[JsonDerivedType(typeof(NotTold), "failed")]
public abstract record ChainAnswer
{
    private ChainAnswer()
    {
    }

    /// <summary><c>get_info</c> and <c>get_last_block_header</c>. Null is "not known": missing, of another kind, or outside of what can be.</summary>
    public sealed record Told : ChainAnswer
    {
        public ChainNetwork? Network { get; init; }

        /// <summary>The daemon's own, in blocks; never that of a bootstrap daemon.</summary>
        public long? Height { get; init; }

        /// <summary>64 digits, lower case.</summary>
        public string? TopHash { get; init; }

        /// <summary>The last block's own timestamp. Null for the first block, which has none.</summary>
        public DateTimeOffset? LastBlockAt { get; init; }

        /// <summary>Incoming and outgoing; null when the RPC is restricted, which reports 0 whatever is true.</summary>
        public int? Peers { get; init; }

        public bool? Synchronized { get; init; }

        /// <summary>The height it syncs to; null when it believes to be there.</summary>
        public long? TargetHeight { get; init; }

        /// <summary>It was started with <c>--offline</c>, by its own word.</summary>
        public bool? Offline { get; init; }

        /// <summary>It said so, or its start time is 0 as a restricted RPC has it.</summary>
        public bool Restricted { get; init; }

        /// <summary>Its own word on its answer, <c>OK</c> as a rule; at most 20 capitals and spaces.</summary>
        public string? Status { get; init; }

        /// <summary>Blocks below the top at heights that other daemons tell of too, highest first; see <see cref="ChainMarks"/>.</summary>
        public ImmutableArray<BlockMark> Marks { get => field.IsDefault ? [] : field; init; } = [];

        /// <summary>By value, the marks too.</summary>
        public bool Equals(Told? other) => other is not null && Facts() == other.Facts() && Marks.AsSpan().SequenceEqual(other.Marks.AsSpan());

        public override int GetHashCode() => HashCode.Combine(Facts(), Marks.Length);

        private (ChainNetwork?, long?, string?, DateTimeOffset?, int?, bool?, long?, bool?, bool, string?) Facts() =>
            (Network, Height, TopHash, LastBlockAt, Peers, Synchronized, TargetHeight, Offline, Restricted, Status);
    }

    /// <summary><c>get_info</c> gave nothing to read. The daemon answered all the same: it is not down for it.</summary>
    public sealed record NotTold(ApiAnswer Why) : ChainAnswer;
}
