namespace MoneroCloud.Core;

/// <summary>When an automatic restart is right: the whole rule, wherever it is decided and simulated.</summary>
public static class RestartRule
{
    /// <summary>The verdict's remedy is a restart, and its condition is the one that made the node Down: at once when certain, after its streak when probable.</summary>
    public static bool Applies(Health health, Diagnosis diagnosis) =>
        diagnosis.Remedy == Remedy.Restart && health.State == HealthState.Down && health.Condition == diagnosis.Condition;
}
