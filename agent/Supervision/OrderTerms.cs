namespace MoneroCloud.Agent;

/// <summary>What an order to a node says beside its verb.</summary>
/// <param name="By">Who ordered it.</param>
internal sealed record OrderTerms(string By)
{
    /// <summary>The life that is meant; null for whichever is there.</summary>
    public OrderAim? Aim { get; init; }

    /// <summary>The id of the monitor's order; null for one that was given here.</summary>
    public string? Order { get; init; }

    /// <summary>SIGKILL after this, instead of after the node's stop budget; null for the budget.</summary>
    public TimeSpan? KillAfter { get; init; }

    /// <summary>What is wrong with it for a node with this stop budget; null when nothing is.</summary>
    public string? Problem(TimeSpan stopBudget) => KillAfter is { } after && (after < TimeSpan.Zero || after > stopBudget)
        ? $"SIGKILL after {Core.DurationText.Format(after)} is out of range, 0s to the node's stopBudget, {Core.DurationText.Format(stopBudget)}"
        : null;
}
