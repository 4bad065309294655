using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Alerts;

/// <summary>Messages that every channel is tried with.</summary>
internal static class SampleNotices
{
    public static readonly DateTimeOffset At = new(2026, 1, 15, 10, 30, 45, TimeSpan.Zero);

    private static readonly Uri Monitor = new("https://monitor.example.org/");

    public static Notice OneDown { get; } = Of("0123456789abcdef01234567:mail", Down(1));

    public static Notice Recovered { get; } = Of(
        "76543210fedcba9876543210:mail",
        Item(1, AlertKind.Recovered, AlertSeverity.Low, "host-1.wallet-1 is up again", "it was down for 4 min 12 s; its agent restarted it in 3 s", At.AddMinutes(4)));

    /// <summary>Three down, one that works again, one degraded, an agent that is silent, and a note.</summary>
    public static Notice Some { get; } = Of(
        "a1b2c3d4e5f6a1b2c3d4e5f6:mail",
        Down(1),
        Item(4, AlertKind.Down, AlertSeverity.Critical, "host-1.wallet-4 is Down: Exited", "it was ended by signal 9", At.AddSeconds(1)),
        Down(2),
        Item(4, AlertKind.Recovered, AlertSeverity.Low, "host-1.wallet-4 is up again", "it was down for 20 s", At.AddSeconds(21)),
        Item(5, AlertKind.Degraded, AlertSeverity.Warning, "host-1.wallet-5 is Degraded: WalletBehind", "it is 41 blocks behind its daemon and has not come nearer for a minute", At.AddSeconds(3)),
        Down(3),
        Agent(AlertKind.AgentSilent, "agent host-2 is silent", "it has said nothing for 4 min 30 s; its 6 nodes are not judged"),
        Item(3, AlertKind.Noted, AlertSeverity.Warning, "host-1.wallet-3: the disk is low", "1.2 GB of 100 GB are free in /var/lib/monero", At.AddSeconds(4)));

    /// <summary>As many as a message may hold is 500.</summary>
    public static Notice Many(int items) => Of("ffffffffffffffffffffffff:mail", [.. Enumerable.Range(1, items).Select(Down)]);

    /// <summary>What nodes, errors and labels could hold at worst, as long and as often as can be.</summary>
    public static Notice Hostile(int items) => Of("eeeeeeeeeeeeeeeeeeeeeeee:mail", [.. Enumerable.Range(1, items).Select(HostileItem)]) with
    {
        Link = new Uri("https://monitor.example.org/" + new string('p', 3_000)),
    };

    public static Notice Of(string key, params ImmutableArray<NoticeItem> items) => new()
    {
        Key = key,
        At = At.AddSeconds(30),
        Items = items,
        Link = items.Length == 1 ? items[0].Link : new Uri(Monitor, "dashboard/incidents"),
    };

    public static NoticeItem Item(int node, AlertKind kind, AlertSeverity severity, string title, string text, DateTimeOffset at)
    {
        var incident = $"7{node:x24}";
        var alert = new Alert
        {
            Id = $"{node:x12}{(int)kind:x12}",
            Subject = $"host-1.wallet-{node}",
            Kind = kind,
            Severity = severity,
            At = at,
            Due = at,
            Title = title,
            Text = text,
            Condition = kind switch { AlertKind.Down => Condition.Exited, AlertKind.Degraded => Condition.WalletBehind, _ => null },
            State = kind switch { AlertKind.Down => HealthState.Down, AlertKind.Degraded => HealthState.Degraded, AlertKind.Recovered => HealthState.Up, _ => null },
            Incident = incident,
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "hot"),
            Daemon = NodeId.TryParse("host-1.daemon", out var daemon) ? daemon : null,
        };
        return new NoticeItem(alert, new Uri(Monitor, $"dashboard/incidents/{incident}"));
    }

    private static NoticeItem Down(int node) => Item(
        node, AlertKind.Down, AlertSeverity.Critical, $"host-1.wallet-{node} is Down: Exited", "it was ended by signal 9; its last words: the daemon refused the connection", At.AddSeconds(node));

    private static NoticeItem Agent(AlertKind kind, string title, string text)
    {
        var item = Item(99, kind, AlertSeverity.Critical, title, text, At.AddSeconds(5));
        return item with { Alert = item.Alert with { Subject = "host-2", Condition = null, State = null, Labels = null, Daemon = null } };
    }

    private static NoticeItem HostileItem(int number)
    {
        const string Nasty =
            "a\r\nBcc: evil@example.org\r\nX-Injected: yes\r\n\r\n<script>alert(1)</script><img src=x onerror=alert(2)> [click](https://evil.example.org) "
            + "# head\n* item\0\u0007\u001b[31m\u202eturned\u2066\u200b \ud800 ${secret} {{DATE(x)}} \"quoted\" 'single' & </td></table> \u2028 😀é漢";
        var item = Item(number, AlertKind.Down, AlertSeverity.Critical, Nasty + new string('漢', 2_000), Nasty + string.Concat(Enumerable.Repeat("\"\\漢", 3_000)), At);
        var labels = Enumerable.Range(0, 64).ToImmutableSortedDictionary(i => $"label{i}\r\n{new string('l', 50)}", _ => Nasty);
        return new NoticeItem(item.Alert with { Labels = labels }, new Uri($"https://monitor.example.org/{new string('i', 2_000)}/{number}"));
    }
}
