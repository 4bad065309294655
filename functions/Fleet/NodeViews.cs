using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Records as the API shows them; that an agent is silent is derived here. Pure.</summary>
internal static class NodeViews
{
    /// <param name="agent">Null for a remote node, and where its agent is not enrolled any more.</param>
    public static NodeView Of(NodeRecord node, AgentRecord? agent, MonitorPolicy policy, DateTimeOffset now)
    {
        var view = Stored(node, policy, now);
        return agent is not null && node.CountedState() != HealthState.Disabled && !node.IsDownByProbe() && SilentSince(agent, policy, now) is { } since
            ? view with
            {
                State = HealthState.Unknown,
                Condition = Condition.AgentSilent,
                Since = since,
                Worked = false,
                Message = $"agent {agent.Name} is silent since {Time(since)}: nobody knows; before that: {view.Message}",
                Streak = null,
                Silent = true,
            }
            : view;
    }

    public static AgentView Of(AgentRecord agent, MonitorPolicy policy, DateTimeOffset now)
    {
        var since = SilentSince(agent, policy, now);
        return new AgentView
        {
            Name = agent.Name.ToString(),
            Silent = since is not null,
            SilentSince = since,
            ReportedAt = agent.ReportedAt,
            ReceivedAt = agent.ReceivedAt,
            ReportAgeSeconds = Age(agent.ReceivedAt, now),
            SkewSeconds = agent.ReportedAt is null ? null : Math.Round(agent.Skew().TotalSeconds, 3),
            PeriodSeconds = agent.PeriodSeconds,
            Version = agent.Version,
            Nodes = [.. agent.Names.Select(n => new NodeId(agent.Name, n).ToString())],
            EnrolledAt = agent.EnrolledAt,
            EnrolledBy = agent.EnrolledBy,
            Keys = [.. agent.ValidKeys(now).Select(jwk => VerifyingKey.TryParse(jwk, out var key, out _) ? key.Thumbprint : "not readable")],
            Epoch = agent.Epoch,
            Report = agent.Report,
        };
    }

    /// <summary>Null while it speaks. Noticed by the sweep, or derived until the sweep has.</summary>
    public static DateTimeOffset? SilentSince(AgentRecord agent, MonitorPolicy policy, DateTimeOffset now) =>
        agent.SilentSince ?? (agent.IsSilent(now, policy.SilentPeriods)
            ? (agent.ReceivedAt ?? agent.EnrolledAt) + TimeSpan.FromSeconds((double)agent.PeriodSeconds * policy.SilentPeriods)
            : null);

    private static NodeView Stored(NodeRecord node, MonitorPolicy policy, DateTimeOffset now) => new()
    {
        Id = node.Id.ToString(),
        Name = node.Id.Name.ToString(),
        Agent = node.Id.Agent.ToString(),
        Kind = node.Kind,
        State = node.CountedState(),
        Condition = node.Health.Condition,
        Since = node.Health.Since,
        Worked = node.Worked(),
        Message = Message(node),
        Notes = node.Health.Last is { Notes: { IsEmpty: false } notes } ? notes : null,
        Streak = node.Health.Streak,
        WorkedData = node.WorkedData,
        LastCheck = node.Health.Last is null ? null : node.Health.LastCheck,
        Pid = node.Identity?.Pid,
        Identity = node.Identity,
        Port = node.Port == 0 ? null : node.Port,
        Manage = node.Manage,
        Restartable = node.Restartable && !IsRemote(node.Id),
        Phase = node.Phase,
        Restarts = node.Restarts,
        Breaker = node.Breaker,
        LastRestart = node.LastRestart,
        HeldRestart = node.HeldRestart,
        Desired = node.Desired,
        Available = node.Available,
        Vantage = IsRemote(node.Id) ? NodeVantage.Monitor : policy.Targets.ContainsKey(node.Id) ? NodeVantage.Both : NodeVantage.Agent,
        Daemon = node.Daemon is { } daemon ? new NodeId(node.Id.Agent, daemon).ToString() : null,
        Labels = node.Labels,
        ReportAgeSeconds = Age(node.Host?.ReceivedAt, now),
    };

    public static bool IsRemote(NodeId id) => id.Agent.ToString() == NodeId.Remote;

    private static string Message(NodeRecord node) =>
        !node.Available ? "it is not available: neither probed nor counted" : node.Health.Last?.Explanation ?? "nobody has looked at it yet";

    private static long? Age(DateTimeOffset? at, DateTimeOffset now) => at is { } time ? (long)Math.Max(0, (now - time).TotalSeconds) : null;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
