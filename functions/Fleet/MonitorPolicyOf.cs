using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>From monitor.json and the secrets it names to the policy that is used.</summary>
internal static class MonitorPolicyOf
{
    /// <param name="problem">A secret that is named and not there, or no login; null when the policy is returned.</param>
    public static MonitorPolicy? Config(MonitorConfig config, IReadOnlyDictionary<string, string> secrets, TimeSpan probePeriod, out string? problem)
    {
        var targets = ImmutableDictionary.CreateBuilder<NodeId, ProbeTarget>();
        foreach (var node in config.Nodes)
        {
            problem = null;
            var login = node.LoginSecret?.Read(secrets, out problem);
            if (problem is not null)
            {
                problem = $"nodes.{node.Id}.loginSecret: {problem}";
                return null;
            }

            targets[node.Id] = Target(node, login);
        }

        problem = null;
        return new MonitorPolicy
        {
            Diagnosis = config.Diagnosis,
            Health = config.Health,
            Alerts = config.Alerts,
            Restarts = config.Restarts,
            ReportPeriod = config.Periods.Report,
            SilentPeriods = config.Periods.SilentAfter,
            ProbePeriod = probePeriod,
            ProbeDeadline = config.Probe.Deadline,
            ProbeConcurrency = config.Probe.Concurrency,
            HistoryKept = config.History.Retention,
            HoursKept = TimeSpan.FromDays(config.History.HourlyDays),
            DaysKept = TimeSpan.FromDays(config.History.DailyDays),
            AuditKept = config.History.Audit,
            Targets = targets.ToImmutable(),
            Rules = config.Rules,
            PublicUrl = config.PublicUrl,
            SelfCheck = config.SelfCheck,
            SelfCheckTargets = config.SelfCheckTargets,
            DeadMan = config.DeadMan,
            ChannelLimits = config.Channels.Where(c => c.PerMinute is not null).ToImmutableDictionary(c => c.Name, c => c.PerMinute!.Value),
        };
    }

    private static ProbeTarget Target(ConfiguredNode node, RpcLogin? login) => node switch
    {
        ConfiguredNode.Remote remote => new ProbeTarget
        {
            Id = remote.Id,
            Address = remote.ProbeUrl,
            Login = login,
            Trust = remote.Tls,
            Kind = remote.Kind,
            WalletDeclared = remote.Wallet,
            Available = remote.Available,
            Labels = remote.Labels,
        },
        _ => new ProbeTarget { Id = node.Id, Address = node.ProbeUrl, Login = login, Trust = node.Tls },
    };
}
