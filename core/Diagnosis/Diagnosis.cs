using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>A condition with its explanation: what the <see cref="Diagnoser"/> makes of all the evidence.</summary>
public sealed record Diagnosis
{
    public required Condition Condition { get; init; }

    /// <summary>The state it speaks for; null when it leaves the state as it is.</summary>
    // Required members must be in the text, also when they are null.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required HealthState? State { get; init; }

    public required Certainty Certainty { get; init; }

    public required Remedy Remedy { get; init; }

    /// <summary>One sentence an operator can act on, with the numbers in it.</summary>
    public required string Explanation { get; init; }

    /// <summary>Never default, though a text may leave it out and JSON then sets nothing.</summary>
    public ImmutableArray<Note> Notes { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Usable now, no streak: the last diagnosis was Healthy.</summary>
    [JsonIgnore]
    public bool Worked => Condition == Condition.Healthy;

    /// <summary>By value, the notes too: an array alone would compare by reference.</summary>
    public bool Equals(Diagnosis? other) =>
        other is not null
        && (Condition, State, Certainty, Remedy, Explanation) == (other.Condition, other.State, other.Certainty, other.Remedy, other.Explanation)
        && Notes.AsSpan().SequenceEqual(other.Notes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Condition, State, Certainty, Remedy, Explanation, Notes.Length);
}
