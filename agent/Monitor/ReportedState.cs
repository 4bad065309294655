using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node as a report could carry it.</summary>
/// <param name="Node">Without what was seen.</param>
/// <param name="Seen">Goes in where its numbers mean something to the monitor.</param>
internal sealed record ReportedState(ReportedNode Node, EpochSighting? Seen)
{
    /// <summary>Its last verdict is confirmed, and a restart is the remedy: the monitor should hear of it at once.</summary>
    public bool WantsRestart { get; init; }

    /// <summary>It should serve, and does not.</summary>
    public bool IsNotUp { get; init; }

    public static ReportedState Of(NodeSnapshot view) => new(
        new ReportedNode
        {
            Inventory = Inventory(view),
            Identity = view.Process?.Identity,
            Phase = PhaseText.Of(view.Phase),
            Restarts = view.Restarts,
            Breaker = view.Breaker,
        },
        view.Seen)
    {
        WantsRestart = view.WantsRestart,
        IsNotUp = view.Available && view.Health.State is not (HealthState.Up or HealthState.Disabled),
    };

    private static NodeInventory Inventory(NodeSnapshot view) => new()
    {
        Name = view.Config.Name,
        Kind = view.Config.Kind,
        Port = view.Config.Port,
        Tls = view.Config.Tls,
        WalletDeclared = view.Config.Wallet is not null,
        WalletFileMode = view.Config.WalletFileMode,
        Daemon = view.Config.Daemon?.Node,
        Manage = view.Config.Manage,
        Restartable = view.Config.IsRestartable,
        Available = view.Available,
        Labels = view.Config.Labels.IsEmpty ? null : view.Config.Labels,
    };
}
