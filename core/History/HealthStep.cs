namespace MoneroCloud.Core;

/// <summary>A state from one change to the next.</summary>
/// <param name="ByProbe">The monitor itself found it so: true whatever its agent would say.</param>
internal readonly record struct HealthStep(HealthState State, bool ByProbe)
{
    public static HealthStep Unknown => new(HealthState.Unknown, false);
}
