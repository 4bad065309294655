using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The section <c>monitor</c> of agent.json.</summary>
internal static class LinkSettings
{
    public static Setting Webhook { get; } = new(
        "webhook",
        SecretSource.Shape,
        "An http or https address that is told when the monitor is silent, again each `silentAgain` while it stays so, and once when it is heard again: a POST of `{\"event\", \"text\", \"agent\", \"silent_since\", \"nodes\", \"not_up\"}`, where `event` is `monitor_silent` or `monitor_heard`.")
    {
        DefaultInWords = "none: only the agent's log says it",
        Sensitive = true,
    };

    public static PolicyTable<LinkPolicy> Policy { get; } =
        new PolicyTable<LinkPolicy>("monitor", "How the agent speaks to its monitor. It belongs to one from `monerocloud enroll` on.", LinkPolicy.Default)
            .Duration("silentAfter", "1m", "1h", p => p.SilentAfter, (p, v) => p with { SilentAfter = v },
                "Without a word of the monitor for this long, `webhook` is told.")
            .Duration("silentAgain", "5m", "24h", p => p.SilentAgain, (p, v) => p with { SilentAgain = v },
                "Between two notices to `webhook` while the monitor stays silent.")
            .Duration("actAloneAfter", "1s", "24h", p => p.ActAloneAfter, (p, v) => p with { ActAloneAfter = v },
                "Without a word of the monitor for this long (and three report periods), the agent restarts what is frozen, blocked or hung by itself, one node at a time.")
            .Duration("reportPeriod", "1s", "10m", "what the monitor named, `60s` as a rule", (p, v) => p with { ReportPeriod = v },
                "Between two reports when nothing changes; a change is reported at once.")
            .Whole("spoolLimit", 1 << 20, 1L << 34, p => p.SpoolLimit, (p, v) => p with { SpoolLimit = v },
                "Bytes on disk for what the monitor has not got yet; then the oldest events are dropped, and their number is told.")
            .Beside(Webhook);
}
