namespace MoneroCloud.Core;

/// <summary>A place in an agent's events: by epoch, then by number. Everything up to it has been taken in.</summary>
/// <param name="Epoch">A counter in the agent's journal, at least 1; 0 is "nothing yet".</param>
/// <param name="N">The event's number within the epoch, from 1 without gaps.</param>
public readonly record struct EventPosition(long Epoch, long N) : IComparable<EventPosition>
{
    public int CompareTo(EventPosition other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : N.CompareTo(other.N);

    public static bool operator <(EventPosition left, EventPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(EventPosition left, EventPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventPosition left, EventPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventPosition left, EventPosition right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Epoch}.{N}";
}
