using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Who is told of an alert, or what hides it. Pure; judged when the alert is due, and of a reminder before it is made.</summary>
internal static class AlertRouting
{
    /// <summary>Between two looks while a wallet's alert waits for its daemon's.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(3);

    /// <param name="alert">Graded already.</param>
    public static Routed Of(Alert alert, RoutingView view) => IsOver(alert) ? OfEnd(alert, view) : OfTrouble(alert, view);

    /// <summary>What hides an alert that was routed long ago and could not be sent yet; null when it is still to be sent.</summary>
    public static Routed.Hidden? WhileWaiting(Alert alert, RoutingView view) =>
        Silenced(alert, view) is { } hold ? new Routed.Hidden(hold.By, hold)
        : !IsOver(alert) && view.Incident is { } incident && incident.IsAcknowledged(view.Now) ? new Routed.Hidden($"acknowledged by {incident.Acknowledged!.By}", null)
        : null;

    /// <summary>It tells of an end.</summary>
    public static bool IsOver(Alert alert) => alert.Kind is AlertKind.Recovered or AlertKind.AgentBack;

    /// <summary>Whoever was told that it failed is told that it is over, whatever the routes say of its severity; and nobody else.</summary>
    private static Routed OfEnd(Alert alert, RoutingView view)
    {
        if (Silenced(alert, view) is { } silence)
        {
            return new Routed.Hidden(silence.By, null);
        }

        if (view.Incident is not { } incident)
        {
            return ToOf(view.Rules.ChannelsOf(alert));
        }

        var told = incident.ToldTo;
        return told.IsEmpty ? new Routed.Hidden("nobody was told that it failed", null) : new Routed.To(told);
    }

    private static Routed OfTrouble(Alert alert, RoutingView view)
    {
        if (view.Incident is { State: IncidentState.Resolved } && (alert.Kind == AlertKind.Reminder || view.WasPutOff))
        {
            return new Routed.Hidden("it was over before it was told", null);
        }

        if ((Silenced(alert, view) ?? Inhibited(alert, view)) is { } hold)
        {
            return new Routed.Hidden(hold.By, hold);
        }

        if (WaitsForDaemon(alert) && view.Now < alert.Due + view.Rules.DaemonFirst)
        {
            return new Routed.Later(Earlier(view.Now + Step, alert.Due + view.Rules.DaemonFirst));
        }

        return view.Incident is { } incident && incident.IsAcknowledged(view.Now) && alert.Severity <= incident.ToldSeverity
            ? new Routed.Hidden($"acknowledged by {incident.Acknowledged!.By}", null)
            : ToOf(view.Rules.ChannelsOf(alert));
    }

    private static Hold? Silenced(Alert alert, RoutingView view)
    {
        // Of several the one that lasts longest.
        var silence = view.Silences.Where(s => s.Hides(alert, view.Now)).MaxBy(s => s.Until);
        return silence is null ? null : new Hold($"{(silence.Kind == SilenceKind.Maintenance ? "maintenance" : "silence")} {silence.Id} of {silence.By}", view.Now, silence.Until);
    }

    private static Hold? Inhibited(Alert alert, RoutingView view) =>
        !NodeId.TryParse(alert.Subject, out var node) ? null
        : HidesAgent(alert, view) ? new Hold($"agent {node.Agent} is silent", view.Now, null)
        : view.DaemonDown && alert.Daemon is { } daemon && IsOfDaemon(alert) ? new Hold($"its daemon {daemon} is down", view.Now, null)
        : null;

    /// <summary>
    /// What its agent had told before it fell silent is not told again meanwhile. What the monitor's own probe finds of a node is told: that a host
    /// which is gone does not answer was taken back before it comes here.
    /// </summary>
    private static bool HidesAgent(Alert alert, RoutingView view) =>
        alert.Kind == AlertKind.Reminder && view.AgentSilentSince is { } since && (view.Incident?.Held is not null || view.Incident?.OpenedAt < since);

    private static bool WaitsForDaemon(Alert alert) => alert.Daemon is not null && IsOfDaemon(alert) && alert.Kind != AlertKind.Reminder;

    /// <summary>What a wallet has while its daemon is away.</summary>
    private static bool IsOfDaemon(Alert alert) => alert.Condition is Condition.DaemonDown or Condition.DaemonBusy or Condition.WaitingForDaemon;

    private static Routed ToOf(ImmutableArray<string> channels) => channels.IsEmpty ? new Routed.Hidden("a route without channels", null) : new Routed.To(channels);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
