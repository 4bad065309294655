namespace MoneroCloud.Core;

/// <summary>Orders an observer's checks: by epoch (a counter in its journal), then by number.</summary>
public readonly record struct ObservationNumber(long Epoch, long Number) : IComparable<ObservationNumber>
{
    public int CompareTo(ObservationNumber other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    public static bool operator <(ObservationNumber left, ObservationNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ObservationNumber left, ObservationNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObservationNumber left, ObservationNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObservationNumber left, ObservationNumber right) => left.CompareTo(right) >= 0;
}
