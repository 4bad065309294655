using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>When an order to a watched node, which its unit carries out, has come to its end, and how. Pure.</summary>
internal static class WatchedOrder
{
    public static bool IsSettled(NodeSnapshot view, NodeOrder order, ProcessIdentity? before) => (order, view) switch
    {
        (NodeOrder.Enable or NodeOrder.Disable, _) => true,
        (_, { UnitOrder.IsRunning: true }) => false,
        (_, { UnitOrder.Failure: not null }) => true,
        (NodeOrder.Stop, _) => view.Process is null,

        // Its old life's end may still be on its way.
        (NodeOrder.Restart, { Process: { } living }) when living.Identity == before => false,
        (_, { Phase: ProcessPhase.Looking, UnitOrder.IsLooked: true }) => true,
        (_, { Process: not null, Health.State: HealthState.Down }) => true,
        _ => view.Phase is ProcessPhase.Ready,
    };

    public static OrderEnd EndOf(NodeSnapshot view, NodeOrder order) => (order, view) switch
    {
        (NodeOrder.Enable, { Desired: DesiredState.Stopped stopped }) => new(OutcomeResult.Done, $"{view.Config.Name}: enabled; it stays stopped, as {stopped.By} ordered"),
        (NodeOrder.Enable, _) => new(OutcomeResult.Done, $"{view.Config.Name}: watched again"),
        (NodeOrder.Disable, _) => new(OutcomeResult.Done, $"{view.Config.Name}: no longer watched; its process is left alone"),
        (_, { UnitOrder.Failure: { } failure }) => new(OutcomeResult.Failed, $"{view.Config.Name}: {failure}"),
        (NodeOrder.Stop, _) => new(OutcomeResult.Done, $"{view.Config.Name}: stopped by its unit"),
        (_, { Phase: ProcessPhase.Ready, Process: { } process }) => new(OutcomeResult.Done, $"{view.Config.Name}: running, pid {process.Identity.Pid}"),
        (_, { Process: not null }) => new(OutcomeResult.Failed, $"{view.Config.Name}: {view.Health.Last?.Explanation ?? "it does not answer"}"),
        _ => new(OutcomeResult.Failed, $"{view.Config.Name}: systemctl is done, and no process of it is found"),
    };
}
