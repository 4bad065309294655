namespace MoneroCloud.Core;

/// <summary>What an event is alerted for by itself, beside the change of health that it may make. Pure.</summary>
internal static class EventAlerts
{
    /// <param name="before">Before the event was taken in.</param>
    /// <param name="after">With it, and with what its change of health is alerted for.</param>
    public static NodeChange Of(NodeChange before, NodeChange after, NodeEvent happened, FoldContext context)
    {
        if (!after.Next.Available || (context.ToldAt ?? context.Now) - happened.At > context.Alerts.LateAfter)
        {
            return after;
        }

        return happened.Fact switch
        {
            NodeFact.BreakerOpened when before.Next.Breaker is null && after.Next.Breaker is { } breaker => Broken(before, after, happened, context, breaker.Text()),
            NodeFact.OrderEnded { Outcome.Result: OutcomeResult.Failed or OutcomeResult.Interrupted } ended when IsNews(before.Next.LastRestart, ended) => after.WithAlert(Make(
                after.Next,
                happened,
                context,
                AlertKind.RestartFailed,
                "could not be restarted",
                $"the restart that the monitor had ordered for {before.Next.LastRestart!.Condition} (order {ended.Order}) ended {ended.Outcome.Result}: {after.Next.LastRestart!.Text}")),
            _ => after,
        };
    }

    /// <summary>One alert says that it is down and why it stays so; only where the first was told before, there is a second one.</summary>
    private static NodeChange Broken(NodeChange before, NodeChange after, NodeEvent happened, FoldContext context, string text)
    {
        var down = after.Alerts.FirstOrDefault(a => a.Kind == AlertKind.Down && !before.Alerts.Contains(a));
        return down is null
            ? after.WithAlert(Make(after.Next, happened, context, AlertKind.BreakerOpened, "is not started any more for a while", text))
            : after with { Alerts = after.Alerts.Replace(down, down with { Text = $"{down.Text}; {text}" }) };
    }

    /// <summary>Of the last automatic restart, and not told before.</summary>
    private static bool IsNews(AutomaticRestart? last, NodeFact.OrderEnded ended) => last is { EndedAt: null } && last.Order == ended.Order;

    private static Alert Make(NodeRecord node, NodeEvent happened, FoldContext context, AlertKind kind, string what, string text)
    {
        var subject = node.Id.ToString();
        return new Alert
        {
            Id = Alert.IdOf(subject, happened.Position.ToString(), kind),
            Subject = subject,
            Kind = kind,
            Severity = AlertSeverity.Critical,
            At = happened.At,
            Due = context.Now,
            Title = $"{subject} {what}",
            Text = text,
            Condition = node.Health.Condition,
            State = node.Health.State,
            Labels = node.Labels,
            Daemon = node.DaemonId(),
        };
    }
}
