namespace MoneroCloud.Core;

/// <summary>One node in the answer of check-all.</summary>
/// <param name="Id">The node's id as text.</param>
/// <param name="Status">Counted as working: its state is Up or Degraded.</param>
/// <param name="Message">The last explanation.</param>
/// <param name="State">The state that <paramref name="Status"/> is short for. A node that is not available is given as Disabled.</param>
public sealed record CheckedNode(string Id, string Name, bool Status, string Message, HealthState State)
{
    /// <summary>What the check found; null where none was made.</summary>
    public Condition? Condition { get; init; }

    public static CheckedNode Of(NodeId id, HealthState state, string message) =>
        new(id.ToString(), id.Name.ToString(), state is HealthState.Up or HealthState.Degraded, message, state);
}
